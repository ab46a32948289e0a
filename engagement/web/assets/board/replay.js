/** The history of a board: scrub, step, play and filter; the board at each step, and the steps as a table. */

import { make, setText } from "./elements.js";
import { Look } from "./look.js";
import { LiveLine } from "./live.js";
import { ReplayBoard } from "./replay_board.js";
import { ReplaySteps } from "./replay_steps.js";
import { ReplayTable } from "./replay_table.js";

const SPEEDS = [
  [2000, "Slow"],
  [1000, "Steady"],
  [350, "Fast"],
];
const KEYS = { j: 1, k: -1 };
const open = new WeakMap();

class Replay {
  #timer = null;

  constructor(place, data) {
    this.isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.line = new LiveLine({ workshop: data.workshop, token: data.token });
    this.board = new ReplayBoard(data.engagement);
    this.table = new ReplayTable({ onGo: (seq) => this.goTo(seq), onCards: (seq) => this.showCards(seq) });
    this.said = make("p", { class: "said", "aria-live": "polite", dir: "auto" }, "The history is being read…");
    this.root = make("div", { class: "board replay", "aria-busy": "true" }, this.said);
    place.append(this.root);
    this.look = new Look(this.root);
    this.root.addEventListener("keydown", (event) => this.#useKey(event));
    this.root.addEventListener("keyup", (event) => event.stopPropagation());
  }

  /** Read the board and every step, then show the newest. */
  async start() {
    try {
      const state = await this.line.readState();
      const steps = await this.line.readSteps(state.seq);
      this.steps = new ReplaySteps(state, steps);
    } catch {
      setText(this.said, "The history could not be read. Check the connection, then reload the page.");
      return;
    }
    this.found = this.steps.steps;
    this.#build();
    this.draw();
    this.root.removeAttribute("aria-busy");
  }

  /** Go to a step. @param {number} seq */
  goTo(seq) {
    this.steps.goTo(seq);
    this.draw();
  }

  /** Go to the next step that the filter lets through, or the one before. @param {1|-1} way */
  walk(way) {
    const { at } = this.steps;
    const next = way > 0 ? this.found.find((step) => step.seq > at) : this.found.findLast((step) => step.seq < at);
    if (next) this.goTo(next.seq);
    else if (way < 0) this.goTo(0);
    return Boolean(next);
  }

  /** Go to a step and to the first card that it touched. @param {number} seq */
  showCards(seq) {
    this.goTo(seq);
    this.board.show(this.steps.listCards(this.steps.step)[0]);
  }

  /** Let the steps go on by themselves, or stop. @param {boolean} isOn */
  play(isOn) {
    clearInterval(this.#timer);
    this.#timer = isOn ? setInterval(() => this.walk(1) || this.play(false), Number(this.speed.value)) : null;
    this.said.setAttribute("aria-live", isOn ? "off" : "polite");
    setText(this.playing, isOn ? "Pause" : "Play");
  }

  /** Show the step. */
  draw() {
    const { at, last, step } = this.steps;
    const what = step ? `${step.actor} ${this.steps.say(step)}` : "The board as it was dealt";
    this.slider.value = String(at);
    this.slider.setAttribute("aria-valuetext", `Step ${at} of ${last}. ${what}`);
    setText(this.said, `Step ${at} of ${last}: ${what}`);
    this.board.draw(this.steps);
    this.table.draw(this.found, at, this.steps);
    const first = step && this.steps.listCards(step)[0];
    if (first && !this.isCalm) this.board.scrollTo(first);
  }

  close() {
    clearInterval(this.#timer);
    this.line.close();
    this.look.close();
    this.root.remove();
  }

  #build() {
    const { last } = this.steps;
    this.slider = make("input", { type: "range", min: "0", max: String(last), "aria-label": "Step of the history", oninput: () => this.goTo(Number(this.slider.value)) });
    this.playing = this.#makeButton("Play", () => this.play(this.#timer === null));
    this.speed = this.#makeSelect("Speed", SPEEDS, () => this.#timer !== null && this.play(true));
    this.speed.value = String(SPEEDS[this.isCalm ? 0 : 1][0]);
    const actors = [...new Set(this.steps.steps.map((step) => step.actor))].sort();
    this.person = this.#makeSelect("Person", [["", "Everybody"], ...actors.map((name) => [name, name])], () => this.#filter());
    const themes = [...this.steps.themes.values()].map((theme) => [String(theme.id), theme.name]);
    this.theme = this.#makeSelect("Theme", [["", "All themes"], ...themes], () => this.#filter());
    const steps = [
      this.#makeButton("First", () => this.goTo(0)),
      this.#makeButton("Back", () => this.walk(-1)),
      this.playing,
      this.#makeButton("Forward", () => this.walk(1)),
      this.#makeButton("Last", () => this.goTo(last)),
    ];
    const chosen = [this.speed, this.person, this.theme].map((select) => make("label", {}, select.dataset.name, select));
    const bar = make("div", { class: "bar", role: "group", "aria-label": "Steps" }, ...steps, ...chosen);
    const columns = make("div", { class: "split" }, this.board.element, this.table.element);
    this.root.append(this.slider, bar, columns);
  }

  #filter() {
    const id = Number(this.theme.value);
    this.found = this.steps.steps.filter(
      (step) => (!this.person.value || step.actor === this.person.value) && (!id || this.steps.touches(step, id)),
    );
    this.draw();
  }

  /** Streamlit listens to letters on the whole page: none of ours may reach it. */
  #useKey(event) {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input") || !KEYS[event.key]) return;
    event.preventDefault();
    this.walk(KEYS[event.key]);
  }

  #makeButton(label, act) {
    return make("button", { type: "button", onclick: act }, label);
  }

  #makeSelect(name, choices, act) {
    const options = choices.map(([value, label]) => make("option", { value }, label));
    return make("select", { "data-name": name, onchange: act }, ...options);
  }
}

/** Mount the history in a Streamlit component. Called again at every change of its data. */
export default function mountReplay({ data, parentElement }) {
  const known = open.get(parentElement);
  if (known?.workshop === data.workshop) known.replay.then((replay) => replay.line.renewToken(data.token));
  else {
    known?.replay.then((replay) => replay.close());
    open.set(parentElement, { workshop: data.workshop, replay: begin(parentElement, data) });
  }
  const host = parentElement.host ?? parentElement;
  return () => setTimeout(() => host.isConnected || open.get(parentElement)?.replay.then((replay) => replay.close()));
}

async function begin(place, data) {
  for (const name of ["board.css", "replay.css"]) {
    place.append(make("link", { rel: "stylesheet", href: new URL(name, import.meta.url).href }));
  }
  const replay = new Replay(place, data);
  await replay.start();
  return replay;
}
