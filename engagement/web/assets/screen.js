/** The projector: takes each picture of the workshop as the server draws it, and counts the seconds. */

const PARTS = ["head", "stage", "side"];
const SILENCE_MS = 40_000;
const AGAIN_MS = 2_000;
const line = document.getElementById("line");
let stream = null;
let heardAt = 0;
let endsAt = null;

function open() {
  stream?.close();
  heardAt = performance.now();
  stream = new EventSource(document.body.dataset.events);
  stream.addEventListener("picture", ({ data }) => hear(() => draw(JSON.parse(data))));
  stream.addEventListener("ping", () => hear());
  stream.addEventListener("error", () => {
    say("Not connected. This picture may be old; trying again…");
    // The browser gives up for good when it is refused: then only a fresh start helps.
    if (stream.readyState === EventSource.CLOSED) setTimeout(open, AGAIN_MS);
  });
}

function hear(act) {
  heardAt = performance.now();
  say("");
  act?.();
}

/** Put the parts that have changed in place of the old ones. Every word in them was escaped by the server. */
function draw(html) {
  const picture = new DOMParser().parseFromString(html, "text/html");
  for (const id of PARTS) {
    const fresh = document.importNode(picture.getElementById(id), true);
    const old = document.getElementById(id);
    if (old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
  }
  wind();
}

/** Set the clock by what the server says is left. */
function wind() {
  const clock = document.getElementById("clock");
  const runs = clock && !clock.hasAttribute("data-paused");
  endsAt = runs ? performance.now() + Number(clock.dataset.left) * 1000 : null;
}

function tick() {
  if (performance.now() - heardAt > SILENCE_MS) open();
  if (endsAt === null) return;
  const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  const words = left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "Time is up";
  const clock = document.getElementById("clock");
  if (clock.textContent !== words) clock.textContent = words;
}

function say(words) {
  if (line.textContent !== words) line.textContent = words;
}

wind();
open();
setInterval(tick, 500);
