/** The ballot with scripts: takes itself anew from the server when the round, the themes or one's own dots change. */

/** A whole room does not ask in the same moment. */
const LONGEST_WAIT_MS = 1500;
const LEAST_WAIT_MS = 100;
const AGAIN_MS = 2000;
const SHOWN = ["rights", "votes", "dots_per_person"];
const fresh = document.getElementById("fresh");
let ballot = document.getElementById("ballot");
let stream = null;
let waiting = null;
let room = null;

function open() {
  stream?.close();
  stream = new EventSource(ballot.dataset.events);
  stream.addEventListener("move", ({ data }) => JSON.parse(data).themes.length > 0 && lookSoon());
  stream.addEventListener("room", ({ data }) => seeRoom(JSON.parse(data)));
  stream.addEventListener("reload", lookSoon);
  stream.addEventListener("error", openAgain);
}

/** The browser gives up for good when it is refused, as by a server that stops: then only a fresh start helps. */
function openAgain() {
  if (stream.readyState !== EventSource.CLOSED) return;
  setTimeout(() => !document.hidden && stream.readyState === EventSource.CLOSED && open(), AGAIN_MS);
}

/** People who come and go change nothing here. */
function seeRoom(told) {
  const now = JSON.stringify(SHOWN.map((name) => told[name]));
  const isOther = room === null ? told.rights.includes("vote") !== (ballot.dataset.may === "yes") : now !== room;
  room = now;
  if (isOther) lookSoon();
}

function lookSoon() {
  waiting ??= setTimeout(look, LEAST_WAIT_MS + Math.random() * LONGEST_WAIT_MS);
}

async function look() {
  waiting = null;
  try {
    const answer = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("ballot");
    if (found) show(document.importNode(found, true));
  } catch {
    // The line is down: the stream comes back by itself, and looks again.
  }
}

/** Put the fresh ballot in place of the old one where it says something else, and keep the focus. */
function show(found) {
  if (say(found) === say(ballot)) return;
  const focused = nameButton(document.activeElement);
  ballot.replaceWith(found);
  ballot = found;
  if (focused !== null) find(focused).focus();
  fresh.textContent = ballot.dataset.fresh;
}

function say(element) {
  const words = element.cloneNode(true);
  for (const done of words.querySelectorAll(".done")) done.remove();
  return words.textContent.replace(/\s+/g, " ");
}

/** Name a button of the ballot by what it does to which theme. */
function nameButton(element) {
  if (!ballot.contains(element)) return null;
  const theme = element.closest("form")?.elements.theme?.value ?? "";
  return `${theme} ${element.className}`;
}

function find(name) {
  const buttons = [...ballot.querySelectorAll("button, a")];
  const [theme] = name.split(" ");
  return buttons.find((each) => nameButton(each) === name) ?? buttons.find((each) => nameButton(each).startsWith(`${theme} `)) ?? buttons[0];
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return stream.close();
  open();
  return lookSoon();
});
open();
