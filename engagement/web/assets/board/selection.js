/** Which voices are selected: by checkbox, with Ctrl, or a stretch of them with Shift. */

export class Selection {
  #picked = new Set();
  #last = null;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
  }

  /** List the selected voices. @returns {number[]} */
  get ids() {
    return [...this.#picked];
  }

  /** Tell whether a voice is selected. @param {number} id */
  has(id) {
    return this.#picked.has(id);
  }

  /** Select a voice, or no longer. @param {number} id */
  toggle(id) {
    if (!this.#picked.delete(id)) this.#picked.add(id);
    this.#last = id;
    this.onChange();
  }

  /**
   * Select all from the last one to this one.
   * @param {number} id
   * @param {number[]} order ids as they are shown
   */
  stretchTo(id, order) {
    const [from, to] = [order.indexOf(this.#last), order.indexOf(id)];
    if (from < 0 || to < 0) return this.toggle(id);
    const stretch = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    return this.add(stretch);
  }

  /** Select these too. @param {number[]} ids */
  add(ids) {
    for (const id of ids) this.#picked.add(id);
    this.#last = ids.at(-1) ?? this.#last;
    this.onChange();
  }

  /** Keep only voices that are still on the board. @param {Map<number, object>} cards */
  keepOnly(cards) {
    for (const id of this.#picked) if (!cards.has(id)) this.#picked.delete(id);
  }

  /** Select nothing. */
  clear() {
    if (this.#picked.size === 0) return;
    this.#picked.clear();
    this.#last = null;
    this.onChange();
  }
}
