/** The history as this page holds it: every step, and the board at one of them. */

import { sayComment } from "./comments.js";

export class ReplaySteps {
  at = 0;
  cards = new Map();
  themes = new Map();

  /**
   * @param {object} state the whole board of now, from GET state
   * @param {object[]} steps every event up to state.seq, in order, from GET steps
   */
  constructor(state, steps) {
    this.steps = steps;
    this.words = new Map(state.cards.map((card) => [card.id, card]));
    for (const card of state.cards) this.cards.set(card.id, { ...card, version: 0 });
    for (const theme of state.themes) this.themes.set(theme.id, theme);
    this.at = steps.length;
    this.#mark();
  }

  /** Give how many steps there are. */
  get last() {
    return this.steps.length;
  }

  /** Give the step that led here; undefined at the board as it was dealt. */
  get step() {
    return this.steps[this.at - 1];
  }

  /** Go to a step, by what each one in between changed. @param {number} goal */
  goTo(goal) {
    const wanted = Math.max(0, Math.min(this.last, goal));
    this.#unmark();
    for (; this.at < wanted; this.at += 1) this.#take(this.steps[this.at].after);
    for (; this.at > wanted; this.at -= 1) this.#take(this.steps[this.at - 1].before);
    this.#mark();
  }

  /** List the voices that a step touched or speaks of and that can be read now. @param {object} step */
  listCards(step) {
    const touched = [...step.after.cards.map((card) => card.id), ...(step.why?.voices ?? [])];
    return touched.filter((id) => this.words.has(id));
  }

  /** Tell whether a step has to do with a theme. @param {object} step @param {number} id */
  touches(step, id) {
    if (step.why?.themes.includes(id)) return true;
    return [step.before, step.after].some(
      ({ cards, themes }) =>
        themes.some((theme) => theme.id === id || theme.merged_into === id) ||
        cards.some((card) => card.home === id || card.echoes.includes(id)),
    );
  }

  /** Say what a step was, with the reason that it gave. @param {object} step */
  say(step) {
    return step.why ? `${step.said}: “${sayComment(step.why)}”` : step.said;
  }

  #take({ cards, themes }) {
    for (const card of cards) {
      if (this.cards.has(card.id)) this.cards.set(card.id, { ...this.cards.get(card.id), ...card });
    }
    for (const theme of themes) this.themes.set(theme.id, { ...this.themes.get(theme.id), ...theme });
  }

  /** What the step touched stands first in its column. */
  #mark() {
    for (const id of this.step ? this.listCards(this.step) : []) this.cards.get(id).version = 1;
  }

  #unmark() {
    for (const id of this.step ? this.listCards(this.step) : []) this.cards.get(id).version = 0;
  }
}
