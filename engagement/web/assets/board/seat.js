/** A seat with scripts: the live board takes the place of the plain forms once it has its voices. */

import { openBoard } from "./board.js";
import { Seeing } from "./seat_see.js";

const TICK_MS = 1000;
const place = document.getElementById("live");
const round = document.getElementById("round");
const words = readWords("words");
/** Acts that can change what a theme is, so that dots on it come back to who had put them. */
const FREEING = ["merge", "unmerge", "remove_theme", "add_theme", "adopt", "undo", "redo", "undo_own"];
/** A whole room does not ask in the same moment. */
const LONGEST_WAIT_MS = 1500;
const freed = document.getElementById("freed");
let ticking = null;
let looking = null;

place.hidden = false;
const seeing = new Seeing(place.dataset.see, words.see);
openBoard(place, {
  workshop: place.dataset.workshop,
  isSeat: true,
  isStyled: true,
  words: readWords("board-words"),
  onReady: takeOver,
  onRoom: showRoom,
  onEvent: lookForFreed,
  narrow: (shown, state) => seeing.narrow(shown, state),
  onDraw: (board) => seeing.follow(board),
  onColumn: (key) => seeing.seeColumn(key),
});

function readWords(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function takeOver() {
  document.documentElement.classList.add("live");
  document.getElementById("plain").remove();
}

function showRoom(room) {
  document.getElementById("vote").hidden = !room.rights.includes("vote");
  showRound(room);
}

function lookForFreed(event) {
  if (!("voted" in freed.dataset) || !FREEING.includes(event.kind)) return;
  looking ??= setTimeout(showFreed, Math.random() * LONGEST_WAIT_MS);
}

async function showFreed() {
  looking = null;
  try {
    const answer = await fetch(`/live/${place.dataset.workshop}/votes`);
    if (!answer.ok) return;
    const { returned } = await answer.json();
    const lines = returned.map(({ why, dots, name }) => fill(words.freed[why], { dots, theme: name })).join(" ");
    if (freed.textContent.trim() !== lines) freed.textContent = lines;
  } catch {
    // The line is down: the page says so at the board, and what came back stands on the ballot.
  }
}

function showRound({ round: now }) {
  clearInterval(ticking);
  if (!now) return say(words.none);
  const title = `${fill(words.round, now)} ${words.kinds[now.kind]}`;
  if (now.paused) return say(`${title} (${words.paused})`);
  if (now.left_s === null) return say(title);
  const end = performance.now() + now.left_s * 1000;
  const tick = () => say(`${title}, ${fill(words.left, { minutes: Math.max(0, Math.ceil((end - performance.now()) / 60_000)) })}`);
  ticking = setInterval(tick, TICK_MS);
  return tick();
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

function say(text) {
  if (round.textContent !== text) round.textContent = text;
}
