/** Finding voices by words. A card is found when it holds every word that was typed. */

import { foldWords } from "./words.js";

export class Finder {
  #words = [];
  #folded = new Map();

  /** Tell whether something is being looked for. */
  get isOn() {
    return this.#words.length > 0;
  }

  /** Look for these words from now on. @param {string} text */
  lookFor(text) {
    this.#words = foldWords(text).split(/\s+/).filter(Boolean);
  }

  /** Tell whether a card is found (all are when nothing is looked for). @param {object} card */
  matches(card) {
    if (!this.isOn) return true;
    if (!this.#folded.has(card.id)) {
      this.#folded.set(card.id, foldWords([card.text, card.translation, card.where].filter(Boolean).join(" ")));
    }
    const text = this.#folded.get(card.id);
    return this.#words.every((word) => text.includes(word));
  }
}
