// The pieces of notes beside the page they stand on, walked and cut by keys. The server keeps the pieces: an act is
// sent, and what comes back is drawn. Keys that are pressed while an act is on its way wait for it.
// Acts are a list that only grows: what is lost on the way is sent again with the next one.
const PATIENCE_MS = 8000;
const SETTLE_MS = 300; // until the rest of the page stands below, which there must be to scroll
const MARKS = { "s": "split", "j": "join", "n": "note", "v": "voice", "l": "leave", "u": "undo", "r": "redo" };
const BUTTONS = [
  ["split", "S", "Split…"], ["join", "J", "Join with next"], ["note", "N", "My note"], ["voice", "V", "A voice"],
  ["leave", "L", "Leave out"], ["undo", "U", "Undo"], ["redo", "R", "Redo"],
];
const CUT_BUTTONS = [
  ["cut", "Enter", "Cut here"], ["sentence", "S", "Next sentence"], ["back", "←", "A word back"],
  ["on", "→", "A word on"], ["stop", "Esc", "Do not cut"],
];
const KINDS = { note: "facilitator's note", voice: "voice", leave: "left out" };
const CUT_KEYS = {
  Enter: "cut", s: "sentence", ArrowLeft: "back", ArrowRight: "on", Escape: "stop",
};
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

export default function ({ data, parentElement, setStateValue }) {
  const kept = parentElement.cuttingDesk;
  const desk = kept && kept.file === data.file ? kept : openDesk(parentElement, data.file);
  parentElement.cuttingDesk = desk;
  desk.send = setStateValue;
  takeData(desk, data);
  pressWaiting(desk);
}

function openDesk(parentElement, file) {
  const page = parentElement.ownerDocument;
  parentElement.querySelector(".cutting")?.remove();
  const root = page.createElement("section");
  root.className = "cutting";
  root.setAttribute("aria-label", "Split and join by hand");
  root.innerHTML =
    '<p class="where" role="status"></p><div class="acts" role="toolbar" aria-label="What to do with it"></div>' +
    '<div class="panes"><div class="original" role="region" aria-label="The page" tabindex="0"></div>' +
    '<div class="pieces" role="listbox" aria-label="Voices and other words" tabindex="0"></div></div>' +
    '<label class="all"><input type="checkbox"> Also walk over bullets and marks of who spoke</label>';
  parentElement.append(root);
  const desk = {
    page, root, file, acts: [], sent: "", sentAt: 0, waiting: [], name: "", cut: null, data: null, showsMarks: false,
    drawn: "", shown: "", letters: [],
  };
  root.addEventListener("keydown", (event) => pressKey(desk, event));
  root.querySelector(".all input").addEventListener("change", (event) => {
    desk.showsMarks = event.target.checked;
    draw(desk);
  });
  root.querySelector(".pieces").focus({ preventScroll: true });
  setTimeout(() => root.scrollIntoView(), SETTLE_MS);
  return desk;
}

function takeData(desk, data) {
  if (desk.data?.version !== data.version) {
    desk.letters = data.passages.map((passage) => Array.from(passage.text));
    desk.drawn = "";
    desk.cut = null;
  }
  if (desk.data && desk.data.handled !== data.handled) desk.said = data.said;
  desk.data = data;
  draw(desk);
}

function isBusy(desk) {
  return desk.sent !== desk.data.handled && Date.now() - desk.sentAt < PATIENCE_MS;
}

function pressKey(desk, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = ["BUTTON", "INPUT"].includes(event.target.tagName);
  if (onButton && ["Enter", " "].includes(event.key)) return;
  if (event.target.classList.contains("original") && event.key in STEPS) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!(key in CUT_KEYS || key in MARKS || key in STEPS)) return;
  event.preventDefault();
  event.stopPropagation();
  desk.waiting.push(key);
  pressWaiting(desk);
}

function pressWaiting(desk) {
  while (desk.waiting.length && !isBusy(desk)) press(desk, desk.waiting.shift());
}

function press(desk, key) {
  if (desk.cut && key in CUT_KEYS) doInCut(desk, CUT_KEYS[key]);
  else if (!desk.cut && key in STEPS) walk(desk, STEPS[key]);
  else if (!desk.cut && key in MARKS) act(desk, MARKS[key]);
}

function listShown(desk) {
  return desk.data.pieces.filter((piece) => desk.showsMarks || !piece.is_mark);
}

// The piece that people are at: the one they chose, or after a change the one that holds its first word now.
function findHere(desk) {
  const shown = listShown(desk);
  const exact = shown.find((piece) => piece.name === desk.name);
  if (exact || !desk.name) return exact ?? shown.find((piece) => piece.kind === "voice") ?? shown[0];
  const [passage, start] = desk.name.split(":").map(Number);
  const isBefore = ([p, s]) => p < passage || (p === passage && s <= start);
  return shown.findLast((piece) => isBefore(piece.slices[0])) ?? shown[0];
}

function walk(desk, step) {
  const shown = listShown(desk);
  const place = shown.indexOf(findHere(desk)) + step;
  const piece = shown[Math.max(0, Math.min(shown.length - 1, place))];
  if (piece) choose(desk, piece);
}

function choose(desk, piece) {
  desk.name = piece.name;
  desk.cut = null;
  desk.said = "";
  draw(desk);
}

function act(desk, kind) {
  const piece = findHere(desk);
  if (kind === "split") startCut(desk, piece);
  else if (kind === "undo" || kind === "redo") send(desk, [kind]);
  else if (piece) send(desk, kind === "join" ? ["join", piece.name] : ["mark", piece.name, KINDS[kind]]);
}

function send(desk, words) {
  const id = `${Date.now()}-${desk.acts.length}`;
  desk.acts = [...desk.acts, [id, ...words]];
  desk.sent = id;
  desk.sentAt = Date.now();
  desk.said = "";
  desk.send("acts", desk.acts);
  draw(desk);
}

// Where a piece may be cut: before each of its words but the first. Sentences come from the server.
function listPoints(desk, piece) {
  const sentences = new Set(piece.sentences.map(([number, offset]) => `${number}:${offset}`));
  const points = [];
  piece.slices.forEach(([passage, start, end], number) => {
    const letters = desk.letters[passage];
    for (let offset = start; offset < end; offset += 1) {
      const isStart = offset === start ? number > 0 : /\s/u.test(letters[offset - 1]) && !/\s/u.test(letters[offset]);
      const isSentence = sentences.has(`${number}:${offset}`) || (offset === start && number > 0);
      if (isStart || isSentence) points.push({ number, offset, isSentence });
    }
  });
  return points;
}

function startCut(desk, piece) {
  const points = piece ? listPoints(desk, piece) : [];
  if (!points.length) {
    desk.said = "There is no place between words to split this at.";
    draw(desk);
    return;
  }
  const sentence = points.findIndex((point) => point.isSentence);
  desk.cut = { piece, points, at: Math.max(0, sentence) };
  draw(desk);
}

function doInCut(desk, what) {
  const { piece, points, at } = desk.cut;
  if (what === "cut") {
    const { number, offset } = points[at];
    desk.cut = null;
    desk.name = `${piece.slices[number][0]}:${offset}`;
    send(desk, ["split", piece.name, number, offset]);
    return;
  }
  if (what === "stop") desk.cut = null;
  else if (what === "sentence") desk.cut.at = findSentence(points, at);
  else desk.cut.at = (at + (what === "on" ? 1 : -1) + points.length) % points.length;
  draw(desk);
}

function findSentence(points, at) {
  for (let step = 1; step <= points.length; step += 1) {
    const place = (at + step) % points.length;
    if (points[place].isSentence) return place;
  }
  return (at + 1) % points.length;
}
