/** The steps as a table: number, who, what, when, and the way to the cards. A window of it around the step shown. */

import { make } from "./elements.js";
import { sayTime } from "./words.js";

const LINES = 40;

export class ReplayTable {
  /** @param {{onGo: (seq: number) => void, onCards: (seq: number) => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.body = make("tbody");
    const heads = ["Step", "Who", "What", "When", "Cards"].map((name) => make("th", { scope: "col" }, name));
    this.caption = make("caption");
    const table = make("table", {}, this.caption, make("thead", {}, make("tr", {}, ...heads)), this.body);
    this.element = make("div", { class: "lines", role: "region", "aria-label": "Steps", tabindex: "0" }, table);
  }

  /**
   * Draw the lines around a step.
   * @param {object[]} found the steps that the filter lets through
   * @param {number} at
   * @param {import("./replay_steps.js").ReplaySteps} steps
   */
  draw(found, at, steps) {
    const here = found.findLastIndex((step) => step.seq <= at);
    const first = Math.max(0, Math.min(here - LINES / 2, found.length - LINES));
    const lines = found.slice(first, first + LINES);
    this.caption.textContent =
      found.length === 0
        ? "No step fits. Choose another person or theme."
        : `Steps ${lines[0].seq} to ${lines.at(-1).seq}, ${lines.length} of ${found.length}`;
    const focused = this.body.getRootNode().activeElement?.dataset?.line;
    this.body.replaceChildren(...lines.map((step) => this.#makeLine(step, at, steps)));
    if (focused) this.body.querySelector(`[data-line="${focused}"]`)?.focus({ preventScroll: true });
  }

  #makeLine(step, at, steps) {
    const nCards = steps.listCards(step).length;
    const isHere = step.seq === at;
    const go = make("button", { type: "button", "data-line": `go-${step.seq}`, "aria-label": `Go to step ${step.seq}`, onclick: () => this.acts.onGo(step.seq) }, String(step.seq));
    const words = nCards === 1 ? "Show 1 card" : `Show ${nCards} cards`;
    const cards = make("button", { type: "button", "data-line": `cards-${step.seq}`, "aria-label": `${words} of step ${step.seq}`, onclick: () => this.acts.onCards(step.seq) }, words);
    return make(
      "tr",
      { class: isHere ? "here" : null, "aria-current": isHere ? "step" : null },
      make("th", { scope: "row" }, go),
      make("td", { dir: "auto" }, step.actor),
      make("td", { dir: "auto" }, steps.say(step)),
      make("td", {}, make("time", { datetime: step.at }, sayTime(step.at))),
      make("td", {}, nCards > 0 ? cards : null),
    );
  }
}
