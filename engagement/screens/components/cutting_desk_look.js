// How the desk looks: its sentence, its buttons, the page and the pieces. Read together with cutting_desk.js.
function draw(desk) {
  const here = findHere(desk);
  drawButtons(desk, here);
  drawOriginal(desk, here);
  drawPieces(desk, here);
  drawWhere(desk, here);
  if (here && here.page && here.page !== desk.shownPage) {
    desk.shownPage = here.page;
    if (here.page !== desk.data.page) desk.send("page", here.page);
  }
}

function drawWhere(desk, here) {
  const where = desk.root.querySelector(".where");
  let words = desk.said ? `${desk.said} ` : "";
  if (desk.cut) {
    const { points, at } = desk.cut;
    words = `Cut before “${readFrom(desk, points[at])}”? Place ${at + 1} of ${points.length}.`;
  } else if (here) {
    words += `${here.kind === "voice" ? `Voice ${here.number} of ${desk.data.n_voices}` : here.label}, ${here.where}.`;
  }
  where.classList.toggle("refused", Boolean(!desk.cut && desk.said));
  setText(where, words);
}

function readFrom(desk, { number, offset }) {
  const [passage, , end] = desk.cut.piece.slices[number];
  const words = desk.letters[passage].slice(offset, end).join("").split(/\s+/u);
  return words.slice(0, 6).join(" ") + (words.length > 6 ? "…" : "");
}

function drawButtons(desk, here) {
  const box = desk.root.querySelector(".acts");
  const mode = desk.cut ? "cut" : "walk";
  if (box.dataset.mode !== mode) {
    const hadFocus = box.contains(box.getRootNode().activeElement);
    box.dataset.mode = mode;
    box.replaceChildren(...(desk.cut ? CUT_BUTTONS : BUTTONS).map((button) => makeButton(desk, ...button)));
    if (hadFocus) box.firstElementChild.focus({ preventScroll: true });
  }
  if (desk.cut) return;
  const { can_undo: canUndo, can_redo: canRedo } = desk.data;
  const isOff = {
    split: !here, join: here?.kind !== "voice", note: here?.kind === KINDS.note, voice: here?.kind === KINDS.voice,
    leave: here?.kind === KINDS.leave, undo: !canUndo, redo: !canRedo,
  };
  for (const button of box.children) button.setAttribute("aria-disabled", String(Boolean(isOff[button.dataset.what])));
}

function makeButton(desk, what, key, words) {
  const button = make(desk, "button", "");
  button.type = "button";
  button.dataset.what = what;
  button.setAttribute("aria-keyshortcuts", { "←": "ArrowLeft", "→": "ArrowRight", Esc: "Escape" }[key] ?? key);
  const hint = make(desk, "kbd", key);
  hint.setAttribute("aria-hidden", "true");
  button.append(hint, make(desk, "span", words));
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true" || isBusy(desk)) return;
    if (desk.cut) doInCut(desk, what);
    else act(desk, what);
  });
  return button;
}

function drawOriginal(desk, here) {
  const box = desk.root.querySelector(".original");
  box.hidden = desk.data.is_picture;
  if (box.hidden) return;
  if (desk.drawnOriginal !== desk.data.version) {
    desk.drawnOriginal = desk.data.version;
    box.replaceChildren(...makeLines(desk));
  }
  for (const old of box.querySelectorAll(".here")) old.classList.remove("here");
  const marks = here ? [...box.querySelectorAll(`[data-name="${here.name}"]`)] : [];
  for (const mark of marks) mark.classList.add("here");
  if (marks.length) bringIntoView(box, marks[0]);
}

function makeLines(desk) {
  const ranges = desk.data.passages.map(() => []);
  for (const piece of desk.data.pieces) {
    for (const [passage, start, end] of piece.slices) ranges[passage].push({ piece, start, end });
  }
  return desk.data.passages.map((passage, number) => {
    const line = make(desk, "div", "");
    line.className = passage.is_heading ? "line heading" : "line";
    const words = make(desk, "span", "");
    words.className = "words";
    words.dir = "auto";
    let done = 0;
    const own = ranges[number].sort((left, right) => left.start - right.start);
    for (const { piece, start, end } of own) {
      words.append(desk.letters[number].slice(done, start).join(""));
      const mark = make(desk, piece.kind === "voice" ? "mark" : "span", desk.letters[number].slice(start, end).join(""));
      mark.dataset.name = piece.name;
      if (piece.kind !== "voice") mark.className = "beside";
      mark.addEventListener("click", () => choose(desk, piece));
      words.append(mark);
      done = end;
    }
    words.append(desk.letters[number].slice(done).join(""));
    const label = make(desk, "span", passage.label);
    label.className = "number";
    line.append(label, words);
    return line;
  });
}

function drawPieces(desk, here) {
  const box = desk.root.querySelector(".pieces");
  const drawn = `${desk.data.version} ${desk.showsMarks}`;
  if (desk.drawn !== drawn) {
    desk.drawn = drawn;
    box.replaceChildren(...listShown(desk).map((piece) => makeOption(desk, piece)));
  }
  for (const option of box.children) {
    const isHere = option.dataset.name === here?.name;
    option.setAttribute("aria-selected", String(isHere));
    if (isHere || option.classList.contains("in-cut")) fillWords(desk, option, isHere);
    if (isHere) box.setAttribute("aria-activedescendant", option.id);
    if (isHere) bringIntoView(box, option);
  }
}

function makeOption(desk, piece) {
  const option = make(desk, "div", "");
  option.setAttribute("role", "option");
  option.id = `piece-${piece.name.replace(":", "-")}`;
  option.dataset.name = piece.name;
  option.className = piece.kind === "voice" ? "voice" : "beside";
  const number = make(desk, "span", piece.kind === "voice" ? String(piece.number) : "");
  number.className = "number";
  const words = make(desk, "span", piece.text);
  words.className = "words";
  words.dir = "auto";
  const facts = make(desk, "span", piece.facts);
  facts.className = "facts";
  const side = make(desk, "span", "");
  side.className = "side";
  side.append(words, facts);
  option.append(number, side);
  option.addEventListener("click", () => {
    if (desk.cut?.piece.name === piece.name) return;
    choose(desk, piece);
    desk.root.querySelector(".pieces").focus({ preventScroll: true });
  });
  return option;
}

// Draws the words of the piece that is here: whole, or with the places for a cut and a mark at the one chosen.
function fillWords(desk, option, isHere) {
  const words = option.querySelector(".words");
  const cut = isHere ? desk.cut : null;
  option.classList.toggle("in-cut", Boolean(cut));
  if (!cut) {
    const piece = desk.data.pieces.find((each) => each.name === option.dataset.name);
    if (piece) setText(words, piece.text);
    return;
  }
  const { piece, points, at } = cut;
  const places = new Map(points.map((point, place) => [`${point.number}:${point.offset}`, place]));
  words.replaceChildren();
  let chunk = make(desk, "span", "");
  words.append(chunk);
  piece.slices.forEach(([passage, start, end], number) => {
    if (number) chunk.append("\n");
    for (let offset = start; offset < end; offset += 1) {
      const place = places.get(`${number}:${offset}`);
      if (place !== undefined) {
        if (place === at) words.append(makeScissors(desk));
        chunk = make(desk, "span", "");
        chunk.className = points[place].isSentence ? "word sentence" : "word";
        chunk.addEventListener("click", () => { desk.cut.at = place; draw(desk); });
        words.append(chunk);
      }
      chunk.append(desk.letters[passage][offset]);
    }
  });
  bringIntoView(desk.root.querySelector(".pieces"), words.querySelector(".scissors") ?? option);
}

function makeScissors(desk) {
  const mark = make(desk, "span", "✂");
  mark.className = "scissors";
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

// Scrolls a pane, and nothing around it, so that an element is well inside.
function bringIntoView(pane, element) {
  const outer = pane.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const room = Math.min(80, outer.height / 5);
  if (inner.top < outer.top + room) pane.scrollTop += inner.top - outer.top - room;
  else if (inner.bottom > outer.bottom - room) {
    pane.scrollTop += Math.min(inner.bottom - outer.bottom + room, inner.top - outer.top - room);
  }
}

function make(desk, kind, words) {
  const made = desk.page.createElement(kind);
  made.textContent = words;
  return made;
}

function setText(place, words) {
  if (place.textContent !== words || place.childElementCount) place.textContent = words;
}
