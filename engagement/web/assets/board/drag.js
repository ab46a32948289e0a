/** Dragging by pointer events: mouse, pen, and touch by its handle or a long press. */

import { placeVoices } from "./card_acts.js";
import { make } from "./elements.js";
import { scrollNearEdges } from "./edge_scroll.js";
import { mergeInto } from "./theme_acts.js";
import { say, sayVoices, shorten } from "./words.js";

const START_PX = 6;
const LONG_PRESS_MS = 350;

export class Drag {
  #press = null;
  #ghost = null;
  #goal = null;

  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    const { list } = board.view;
    list.addEventListener("pointerdown", (event) => this.#startPress(event));
    list.addEventListener("click", (event) => this.#swallowClick(event), true);
    // Without this a long press on a touch screen would go on as a scroll.
    list.addEventListener("touchmove", (event) => this.#ghost && event.preventDefault(), { passive: false });
    list.addEventListener("contextmenu", (event) => this.#press?.isTouch && event.preventDefault());
  }

  #startPress(event) {
    if (this.#press || event.button !== 0 || !this.board.mayDrag) return;
    if (event.target.closest("button, label, input")) return;
    const source = this.#findSource(event.target);
    if (!source) return;
    const isTouch = event.pointerType === "touch";
    const onGrip = event.target.closest(".grip") !== null;
    const place = { id: event.pointerId, x: event.clientX, y: event.clientY };
    this.#press = { ...place, source, isTouch, onGrip, listening: new AbortController() };
    if (isTouch && !onGrip) this.#press.timer = setTimeout(() => this.#startDrag(), LONG_PRESS_MS);
    this.#listen();
  }

  #listen() {
    const { signal } = this.#press.listening;
    window.addEventListener("pointermove", (event) => this.#move(event), { signal });
    window.addEventListener("pointerup", (event) => this.#drop(event), { signal });
    window.addEventListener("pointercancel", () => this.#end(), { signal });
    window.addEventListener("keydown", (event) => this.#cancel(event), { signal, capture: true });
    window.addEventListener("blur", () => this.#end(), { signal });
  }

  #findSource(target) {
    const card = target.closest(".slot:not(.echo) > .card");
    if (card) {
      const id = Number(card.dataset.id);
      const { selection } = this.board;
      return { ids: selection.has(id) ? selection.ids : [id], element: card };
    }
    const head = target.closest(".head");
    const column = head && this.board.columns.get(head.closest(".column").dataset.column);
    return column?.theme ? { column, element: head } : null;
  }

  #move(event) {
    const press = this.#press;
    if (event.pointerId !== press.id) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    Object.assign(press, { atX: event.clientX, atY: event.clientY });
    if (!this.#ghost && far > START_PX) {
      if (press.isTouch && !press.onGrip) return void this.#end();
      this.#startDrag();
    }
    if (this.#ghost) this.#follow();
  }

  #startDrag() {
    const press = this.#press;
    press.atX ??= press.x;
    press.atY ??= press.y;
    this.board.hands.take(press.source.ids ?? []);
    this.#ghost = makeGhost(press.source, this.board);
    this.board.root.append(this.#ghost);
    this.#ghost.showPopover?.();
    this.board.root.classList.add("dragging");
    getSelection()?.removeAllRanges();
    const readPointer = () => ({ x: press.atX, y: press.atY, column: this.#goal });
    press.stopScrolling = scrollNearEdges(this.board.view.list, readPointer);
    this.#follow();
  }

  #follow() {
    const { atX, atY, source } = this.#press;
    this.#ghost.style.transform = `translate(${atX + 12}px, ${atY + 8}px)`;
    const under = this.board.root.getRootNode().elementFromPoint(atX, atY);
    const column = under?.closest?.(".column") ?? null;
    this.#setGoal(source.column && !this.#canMerge(column) ? null : column);
  }

  #canMerge(column) {
    const into = this.board.columns.get(column?.dataset.column);
    return Boolean(into?.theme) && into.key !== this.#press.source.column.key;
  }

  #setGoal(column) {
    if (column === this.#goal) return;
    this.#goal?.classList.remove("goal");
    column?.classList.add("goal");
    this.#goal = column;
  }

  #drop(event) {
    if (event.pointerId !== this.#press.id) return;
    const { source } = this.#press;
    const key = this.#goal?.dataset.column;
    const wasDragging = this.#ghost !== null;
    this.#end();
    if (!wasDragging) return;
    this.justDropped = performance.now();
    if (!key) return;
    if (source.column) mergeInto(this.board, source.column, this.board.columns.get(key));
    else this.#place(source.ids, key);
  }

  #place(ids, key) {
    const strangers = ids.filter((id) => this.board.findColumnOf(id) !== key);
    if (strangers.length > 0) placeVoices(this.board, strangers, key);
  }

  #cancel(event) {
    if (event.key !== "Escape" || !this.#ghost) return;
    event.preventDefault();
    event.stopPropagation();
    this.#end();
    this.board.announcer.say(say("Not moved."));
  }

  #end() {
    clearTimeout(this.#press?.timer);
    this.#press?.listening.abort();
    this.#press?.stopScrolling?.();
    this.#setGoal(null);
    this.#ghost?.remove();
    this.board.root.classList.remove("dragging");
    if (this.#ghost) this.board.hands.putDown();
    this.#press = null;
    this.#ghost = null;
  }

  #swallowClick(event) {
    if (performance.now() - (this.justDropped ?? -Infinity) < 50) event.stopPropagation();
  }
}

function makeGhost({ ids, column }, board) {
  const words = column ? column.name : board.state.cards.get(ids[0]).text;
  const label = ids?.length > 1 ? sayVoices(ids.length) : shorten(words, 90);
  return make("div", { class: "ghost", popover: "manual", "aria-hidden": "true", dir: "auto" }, label);
}
