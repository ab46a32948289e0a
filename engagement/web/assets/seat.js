/** A seat with scripts: the live board takes the place of the plain forms once it has its voices. */

const TICK_MS = 1000;
const place = document.getElementById("live");
const round = document.getElementById("round");
const words = JSON.parse(document.getElementById("words").textContent);
let ticking = null;

const { openBoard } = await import(new URL(`${place.dataset.assets}/pack.js`, location.origin).href);
place.hidden = false;
const { Seeing } = await import(new URL(place.dataset.seeing, location.origin).href);
const seeing = new Seeing(place.dataset.see, words.see);
await openBoard(place, {
  workshop: place.dataset.workshop,
  isSeat: true,
  onReady: takeOver,
  onRoom: showRoom,
  narrow: (shown, state) => seeing.narrow(shown, state),
  onDraw: (board) => seeing.follow(board),
  onColumn: (key) => seeing.seeColumn(key),
});

function takeOver() {
  document.documentElement.classList.add("live");
  document.getElementById("plain").remove();
}

function showRoom(room) {
  document.getElementById("vote").hidden = !room.rights.includes("vote");
  showRound(room);
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
