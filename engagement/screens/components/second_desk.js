// One voice at a time, and the themes as buttons with a key each. Keys count only while the desk has the focus.
// Answers are a list that only grows: what is lost on the way is sent again with the next one.
const NEXT = ["ArrowRight"];
const BACK = ["ArrowLeft", "Backspace"];

export default function ({ data, parentElement, setStateValue }) {
  const kept = parentElement.secondDesk;
  const desk = kept && kept.sample === data.sample ? kept : openDesk(parentElement, data.sample);
  parentElement.secondDesk = desk;
  desk.send = (answers) => setStateValue("answers", answers);
  desk.data = data;
  if (desk.place < 0) desk.place = findOpen(desk, 0);
  draw(desk);
}

function openDesk(parentElement, sample) {
  const page = parentElement.ownerDocument;
  parentElement.querySelector(".desk")?.remove();
  const root = page.createElement("section");
  root.className = "desk";
  root.tabIndex = 0;
  root.setAttribute("aria-label", "Theme one voice at a time");
  root.innerHTML =
    '<p class="where" role="status"></p><div class="voice" aria-live="polite"></div>' +
    '<div class="themes" role="group" aria-label="Themes"></div><div class="ways"></div>';
  parentElement.append(root);
  const desk = { page, root, sample, answers: [], own: new Map(), place: -1, drawn: "" };
  root.addEventListener("keydown", (event) => pressKey(desk, event));
  root.focus({ preventScroll: true });
  return desk;
}

function pressKey(desk, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (NEXT.includes(event.key)) go(desk, 1);
  else if (BACK.includes(event.key)) go(desk, -1);
  else {
    const theme = desk.data.themes.find((each) => each.key === event.key.toLowerCase());
    if (!theme) return;
    choose(desk, theme.id);
  }
  event.preventDefault();
}

function choose(desk, theme) {
  const voice = desk.data.voices[desk.place];
  if (!voice) return;
  desk.own.set(voice.id, theme);
  desk.answers = [...desk.answers, [voice.id, theme]];
  desk.place = findOpen(desk, desk.place + 1);
  draw(desk);
  desk.send(desk.answers);
}

function go(desk, step) {
  const last = desk.data.voices.length - 1;
  desk.place = Math.max(0, Math.min(last, (desk.place > last ? last + 1 : desk.place) + step));
  draw(desk);
}

// The next voice without an answer, looking from `start` on and then from the first; past the end when all have one.
function findOpen(desk, start) {
  const { voices } = desk.data;
  for (let step = 0; step < voices.length; step += 1) {
    const place = (start + step) % voices.length;
    if (answerOf(desk, voices[place]) === null) return place;
  }
  return voices.length;
}

function answerOf(desk, voice) {
  return desk.own.has(voice.id) ? desk.own.get(voice.id) : voice.answer;
}

function draw(desk) {
  const { voices } = desk.data;
  const voice = voices[desk.place];
  const done = voices.filter((each) => answerOf(desk, each) !== null).length;
  const unsaved = voices.filter((each) => answerOf(desk, each) !== each.answer).length;
  const where = voice ? `Voice ${desk.place + 1} of ${voices.length}. ` : "";
  setText(desk.root.querySelector(".where"), `${where}${done} done${unsaved ? ", saving" : ", all saved"}.`);
  drawVoice(desk, voice);
  drawThemes(desk, voice);
  drawWays(desk);
}

function drawVoice(desk, voice) {
  const drawn = voice ? String(voice.id) : "end";
  if (desk.drawn === drawn) return;
  desk.drawn = drawn;
  const box = desk.root.querySelector(".voice");
  box.replaceChildren();
  if (!voice) {
    box.append(make(desk, "p", "All voices are done. Thank you."));
    return;
  }
  if (voice.prompt) box.append(make(desk, "p", `Asked: ${voice.prompt}`));
  const words = make(desk, "blockquote", voice.words);
  words.dir = "auto";
  if (voice.language) words.lang = voice.language;
  box.append(words);
  if (voice.translation) {
    const translation = make(desk, "p", `In English: ${voice.translation}`);
    translation.lang = "en";
    translation.dir = "auto";
    box.append(translation);
  }
}

function drawThemes(desk, voice) {
  const box = desk.root.querySelector(".themes");
  if (box.childElementCount !== desk.data.themes.length) {
    box.replaceChildren(...desk.data.themes.map((theme) => makeTheme(desk, theme)));
  }
  const answer = voice ? answerOf(desk, voice) : null;
  [...box.children].forEach((button, place) => {
    button.setAttribute("aria-pressed", String(desk.data.themes[place].id === answer));
    button.disabled = !voice;
  });
  if (!voice) desk.root.focus({ preventScroll: true });
}

function makeTheme(desk, theme) {
  const button = make(desk, "button", "");
  button.type = "button";
  const key = make(desk, "kbd", theme.key);
  key.setAttribute("aria-hidden", "true");
  if (theme.key) {
    button.append(key);
    button.setAttribute("aria-keyshortcuts", theme.key);
  }
  button.append(make(desk, "span", theme.name));
  button.addEventListener("click", () => choose(desk, theme.id));
  return button;
}

function drawWays(desk) {
  const box = desk.root.querySelector(".ways");
  if (!box.childElementCount) {
    for (const [words, step] of [["Back", -1], ["Forward", 1]]) {
      const button = make(desk, "button", words);
      button.type = "button";
      button.addEventListener("click", () => go(desk, step));
      box.append(button);
    }
    box.append(make(desk, "span", "Keys: a theme's own key, ← back, → forward"));
  }
  box.children[0].disabled = desk.place <= 0;
  box.children[1].disabled = desk.place >= desk.data.voices.length - 1;
}

function make(desk, kind, words) {
  const made = desk.page.createElement(kind);
  made.textContent = words;
  return made;
}

function setText(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
