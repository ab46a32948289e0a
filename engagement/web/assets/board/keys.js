/** Keys: one tab stop for each theme, arrows inside and across, letters for acts. */

import { findAct, runAct } from "./acts.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const ACROSS = { ArrowRight: 1, ArrowLeft: -1 };
const STOPS = "h2, .tray:not([hidden]) .offer, .slot:not([hidden]) > .card";

export class Keys {
  /** The voice or heading that had the focus last. @type {HTMLElement|null} */
  last = null;

  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    this.list = board.view.list;
    board.root.addEventListener("keydown", (event) => this.#useKey(event));
    board.root.addEventListener("keyup", (event) => event.stopPropagation());
    this.list.addEventListener("focusin", (event) => this.makeStop(event.target.closest("h2, .card, .offer")));
  }

  /** Make this card or heading the one tab stop of its column. @param {HTMLElement|null} element */
  makeStop(element) {
    const column = element?.closest(".column");
    if (!column) return;
    for (const other of column.querySelectorAll("h2[tabindex='0'], .card[tabindex='0'], .offer[tabindex='0']")) {
      if (other !== element) other.tabIndex = -1;
    }
    element.tabIndex = 0;
    this.last = element;
  }

  /** Go back to the voice or heading that had the focus last. */
  goBack() {
    this.#focus(this.last?.isConnected ? this.last : this.list.querySelector("h2"));
  }

  #useKey(event) {
    // Streamlit listens to letters on the whole page: none of ours may reach it.
    event.stopPropagation();
    if (event.defaultPrevented || event.target.closest("dialog, .history")) return;
    if (this.#useUndoKeys(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type='checkbox']), select, textarea")) return;
    if (this.#walk(event) || this.#pick(event) || this.#leave(event) || this.#act(event)) event.preventDefault();
  }

  #useUndoKeys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.target.matches("input")) return false;
    const key = event.key.toLowerCase();
    const name = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : null;
    if (!name) return false;
    event.preventDefault();
    runAct(this.board, name);
    return true;
  }

  #walk(event) {
    const column = event.target.closest(".column");
    if (!column || !event.target.matches("h2, .card, .offer")) return false;
    if (ACROSS[event.key]) return this.#goAcross(column, ACROSS[event.key], event.target);
    const stops = [...column.querySelectorAll(STOPS)];
    const at = stops.indexOf(event.target);
    const goal = { Home: 0, End: stops.length - 1 }[event.key] ?? (STEPS[event.key] ? at + STEPS[event.key] : null);
    if (goal === null) return false;
    this.#focus(stops[goal]);
    return true;
  }

  #goAcross(column, step, from) {
    const columns = [...this.list.querySelectorAll(".column:not(.new):not([hidden])")];
    const next = columns[columns.indexOf(column) + step];
    if (!next) return true;
    if (this.board.isNarrow && this.board.layout === "board") this.board.showColumn(next.dataset.column);
    const stops = [...next.querySelectorAll(STOPS)];
    const at = [...column.querySelectorAll(STOPS)].indexOf(from);
    this.#focus(stops[Math.min(at, stops.length - 1)]);
    return true;
  }

  #focus(element) {
    if (!element) return;
    this.makeStop(element);
    element.focus();
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #pick(event) {
    if (event.key !== "s" && event.key !== " ") return false;
    const card = event.target.closest(".card");
    if (!card || event.target.matches("button, input")) return false;
    this.board.toggle(Number(card.dataset.id));
    return true;
  }

  #leave(event) {
    if (event.key !== "Escape") return false;
    this.board.selection.clear();
    return true;
  }

  #act(event) {
    const name = event.key === "Enter" ? "more" : findAct(event.key);
    const isOnBoard = event.target.closest(".columns") && !event.target.matches("button, input");
    return name === "help" || (name && isOnBoard) ? this.#run(name, event) : false;
  }

  #run(name, event) {
    runAct(this.board, name, this.board.findTarget(event.target));
    return true;
  }
}
