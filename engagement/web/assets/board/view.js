/** Drawing: bring the page to the arrangement with as few changes as can be, and keep the focus where it is. */

import { mayChangeThemes } from "./acts.js";
import { findThemeId } from "./arrange.js";
import { makeCard, updateCard } from "./card.js";
import { makeColumn, updateColumn } from "./column.js";
import { listThemeComments, sumUp } from "./comments.js";
import { make } from "./elements.js";
import { isOnWall } from "./wall.js";
import { say } from "./words.js";

export class BoardView {
  #columns = new Map();
  #slots = new Map();

  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    this.addColumn = make(
      "li",
      { class: "column new", "data-column": "new" },
      make("button", { type: "button", "data-act": "addTheme" }, `+ ${say("New theme")}`),
    );
    this.list = make("ul", { class: "columns", role: "list", "aria-label": say("Themes") }, this.addColumn);
  }

  /** Draw the arrangement. @param {Map<string, object>} columns from arrangeBoard */
  draw(columns) {
    const focus = this.#rememberFocus();
    this.#dropColumns(columns);
    const wanted = new Map([...columns].map(([key, column]) => [key, this.#listSlots(column)]));
    this.#dropSlots(wanted);
    this.addColumn.hidden = !this.board.state.may("add_theme");
    const order = [...columns.keys()].map((key) => this.#getColumn(key));
    order.splice(-1, 0, this.addColumn);
    placeInOrder(this.list, order);
    for (const [key, column] of columns) this.#drawColumn(column, wanted.get(key));
    this.#restoreFocus(focus);
  }

  /** Find a card's element where it is at home. @param {number} id */
  findCard(id) {
    return this.#slots.get(`card-${id}`)?.firstChild ?? null;
  }

  /** Find a column's element. @param {string} key */
  findColumn(key) {
    return this.#columns.get(key) ?? null;
  }

  /** Mark the column that is shown where there is room for only one. @param {string} key */
  markShown(key) {
    for (const [name, element] of this.#columns) element.classList.toggle("shown", name === key);
  }

  #drawColumn(column, slots) {
    const element = this.#getColumn(column.key);
    const { state, find } = this.board;
    placeInOrder(element.querySelector(".cards"), slots.map((slot) => slot.element));
    for (const slot of slots) this.#drawSlot(slot, column);
    const nFound = find.isOn ? column.cards.filter((card) => find.matches(card)).length : null;
    updateColumn(element, column, {
      nFound,
      mayChange: mayChangeThemes(state),
      isOnWall: isOnWall(state, column.theme),
      why: sumUp(listThemeComments(state, column)),
    });
  }

  #drawSlot({ element, card, isEcho }, column) {
    const { state, selection, find } = this.board;
    element.hidden = !find.matches(card);
    updateCard(element, card, {
      note: isEcho ? this.board.sayHome(card) : this.board.sayNote(card, column),
      why: sumUp(state.listVoiceComments(card.id)),
      held: isEcho ? "" : this.board.hands.sayHolders(card.id),
      isPicked: selection.has(card.id),
      mayMove: state.mayMove,
    });
  }

  #getColumn(key) {
    if (!this.#columns.has(key)) this.#columns.set(key, makeColumn(key));
    return this.#columns.get(key);
  }

  #listSlots(column) {
    const home = column.cards.map((card) => this.#getSlot(`card-${card.id}`, card, false));
    const echoes = column.echoes.map((card) => this.#getSlot(`echo-${card.id}-${column.key}`, card, true));
    return [...home, ...echoes];
  }

  #getSlot(key, card, isEcho) {
    if (!this.#slots.has(key)) this.#slots.set(key, makeCard(key, card.id, isEcho));
    return { element: this.#slots.get(key), card, isEcho, key };
  }

  #dropColumns(columns) {
    for (const [key, element] of this.#columns) {
      if (columns.has(key)) continue;
      element.remove();
      this.#columns.delete(key);
    }
  }

  #dropSlots(wanted) {
    const stay = new Map();
    for (const [column, slots] of wanted) for (const slot of slots) stay.set(slot.element, column);
    for (const [key, element] of this.#slots) {
      const column = stay.get(element);
      if (column === element.closest("[data-column]")?.dataset.column) continue;
      element.remove();
      if (column === undefined) this.#slots.delete(key);
    }
  }

  #rememberFocus() {
    const active = this.list.getRootNode().activeElement;
    if (!active || !this.list.contains(active)) return null;
    const slot = active.closest(".slot");
    const next = slot?.nextElementSibling ?? slot?.previousElementSibling;
    const column = active.closest("[data-column]");
    const beside = [column?.previousElementSibling, column?.nextElementSibling];
    return { active, slot, next, column, beside };
  }

  /** A card that went to another column leaves the focus to its neighbour, so that sorting goes on. */
  #restoreFocus(focus) {
    if (!focus) return;
    const { active, slot, next, column } = focus;
    const stayed = active.isConnected && active.closest("[data-column]") === column;
    const target = stayed ? active : next?.isConnected ? next.firstChild : this.#findHeading(focus);
    if (slot && !stayed) this.board.keys.makeStop(target);
    if (target && target !== this.list.getRootNode().activeElement) target.focus({ preventScroll: stayed });
  }

  /** A theme that has gone leaves the focus to the one that it was merged into, or to a neighbour. */
  #findHeading({ column, beside }) {
    if (!column || column.isConnected) return column?.querySelector("h2");
    const into = this.board.findShownKey(findThemeId(column.dataset.column));
    const near = beside.find((other) => other?.isConnected && other.querySelector("h2"));
    return (this.#columns.get(into) ?? near)?.querySelector("h2");
  }
}

function placeInOrder(parent, elements) {
  let cursor = parent.firstChild;
  for (const element of elements) {
    if (element === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(element, cursor);
  }
}
