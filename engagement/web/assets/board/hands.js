/** Cards in the hand: telling the others which cards one has picked up, and marking those that others have. */

import { say } from "./words.js";

/** The server forgets a hand after 20 seconds without news. */
const NEWS_MS = 8_000;
const PAUSE_MS = 300;

export class Hands {
  #taken = [];
  #told = "[]";
  #timer = null;
  #news = null;
  #others = new Map();
  #holders = new Map();

  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
  }

  /** Have voices in the hand beside those that are selected, such as while they are dragged. @param {number[]} ids */
  take(ids) {
    this.#taken = ids;
    this.follow();
  }

  /** Put them down again. */
  putDown() {
    this.take([]);
  }

  /** Tell the others in a moment, where anything has changed. */
  follow() {
    if (this.#list() !== this.#told) this.#timer ??= setTimeout(() => this.#tell(), PAUSE_MS);
  }

  /** See what others have in the hand. @param {{who: string, name: string, cards: number[]}[]} hands */
  see(hands) {
    for (const { who, name, cards } of hands) {
      if (who === this.board.state.who) continue;
      this.#others.delete(who);
      if (cards.length > 0) this.#others.set(who, { name, cards });
    }
    this.#mark();
  }

  /** Forget what others have in the hand: their news comes by the next stream. */
  forget() {
    if (this.#others.size === 0) return;
    this.#others.clear();
    this.#mark();
  }

  /** Say who has a voice in the hand. @param {number} id @returns {string} "" when nobody else has */
  sayHolders(id) {
    const names = this.#holders.get(id) ?? [];
    if (names.length < 2) return names.length === 0 ? "" : say("{name} has this card", { name: names[0] });
    return say("{name} and {count} more have this card", { name: names[0], count: names.length - 1 });
  }

  /** Stop telling. */
  close() {
    clearTimeout(this.#timer);
    clearInterval(this.#news);
  }

  #list() {
    const { state, selection } = this.board;
    return JSON.stringify(state.mayMove ? [...new Set([...this.#taken, ...selection.ids])] : []);
  }

  #tell() {
    this.#timer = null;
    this.#told = this.#list();
    const cards = JSON.parse(this.#told);
    clearInterval(this.#news);
    this.#news = cards.length > 0 ? setInterval(() => this.board.sync.line.sendHand(cards), NEWS_MS) : null;
    this.board.sync.line.sendHand(cards);
  }

  #mark() {
    this.#holders = new Map();
    for (const { name, cards } of this.#others.values()) {
      for (const id of cards) this.#holders.set(id, [...(this.#holders.get(id) ?? []), name]);
    }
    this.board.draw();
  }
}
