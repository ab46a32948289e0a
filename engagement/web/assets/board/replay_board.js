/** The board at one step: columns of cards to read, drawn with as few changes as can be. */

import { arrangeBoard } from "./arrange.js";
import { make, setText } from "./elements.js";
import { sayVoices } from "./words.js";

export class ReplayBoard {
  #slots = new Map();
  #columns = new Map();
  #touched = new Set();

  /** @param {string} engagement whose threads the cards lead to */
  constructor(engagement) {
    this.engagement = engagement;
    this.element = make("ul", { class: "stage", role: "list", "aria-label": "The board at this step", tabindex: "0" });
  }

  /** Draw the board. @param {import("./replay_steps.js").ReplaySteps} steps */
  draw(steps) {
    const touched = new Set(steps.step ? steps.listCards(steps.step) : []);
    this.#liftOut();
    this.#touched = touched;
    const columns = [...arrangeBoard(steps).values()];
    const elements = columns.map((column) => this.#drawColumn(column, touched));
    placeInOrder(this.element, elements);
    for (const key of this.#columns.keys()) {
      if (!columns.some((column) => column.key === key)) this.#columns.delete(key);
    }
    for (const [id, slot] of this.#slots) slot.classList.toggle("touched", touched.has(id));
  }

  /** Bring a card into view and give it the focus. @param {number} id */
  show(id) {
    const slot = this.#slots.get(id);
    slot?.querySelector("a").focus({ preventScroll: true });
    slot?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  /** Bring a card into view on this board alone, without moving the page. @param {number} id */
  scrollTo(id) {
    const slot = this.#slots.get(id);
    if (!slot?.isConnected) return;
    const [own, around] = [slot.getBoundingClientRect(), this.element.getBoundingClientRect()];
    if (own.left < around.left || own.right > around.right) this.element.scrollLeft += own.left - around.left - around.width / 3;
    if (own.top < around.top || own.bottom > around.bottom) this.element.scrollTop += own.top - around.top - around.height / 3;
  }

  /** Cards that stood first leave their columns, so that the others need not move up one by one. */
  #liftOut() {
    const active = this.element.getRootNode().activeElement;
    for (const id of this.#touched) {
      const slot = this.#slots.get(id);
      if (slot && !slot.contains(active)) slot.remove();
    }
  }

  #drawColumn(column, touched) {
    const element = this.#getColumn(column.key);
    setText(element.querySelector("h2"), column.name);
    const also = column.echoes.length > 0 ? ` · ${column.echoes.length} also` : "";
    setText(element.querySelector("p"), sayVoices(column.cards.length) + also);
    const list = element.querySelector("ul");
    placeInOrder(list, column.cards.map((card) => this.#getSlot(card)));
    element.classList.toggle("touched", column.cards.some((card) => touched.has(card.id)));
    return element;
  }

  #getColumn(key) {
    if (!this.#columns.has(key)) {
      const list = make("ul", { role: "list" });
      this.#columns.set(key, make("li", { class: "lane" }, make("h2", { dir: "auto" }), make("p"), list));
    }
    return this.#columns.get(key);
  }

  #getSlot(card) {
    if (!this.#slots.has(card.id)) this.#slots.set(card.id, this.#makeSlot(card));
    return this.#slots.get(card.id);
  }

  #makeSlot(card) {
    const address = `/thread?engagement=${this.engagement}&voice=${card.id}`;
    const words = make("blockquote", { dir: "auto", lang: card.language || null }, card.text);
    return make("li", {}, words, make("a", { href: address, "aria-label": `${card.where}: thread of this voice` }, card.where));
  }
}

/** Bring children into this order, touching only those that are not in place. */
function placeInOrder(list, wanted) {
  const staying = new Set(wanted);
  for (const child of [...list.children]) if (!staying.has(child)) child.remove();
  let next = list.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else list.insertBefore(element, next);
  }
}
