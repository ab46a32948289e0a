/** The live board: everything put together. Streamlit mounts it by the default export, a plain page by openBoard. */

import { Announcer } from "./announcer.js";
import { arrangeBoard, findUsualColumn, themeKey } from "./arrange.js";
import { listenToClicks } from "./clicks.js";
import { Drag } from "./drag.js";
import { make } from "./elements.js";
import { Finder } from "./find.js";
import { Hands } from "./hands.js";
import { History } from "./history.js";
import { Keys } from "./keys.js";
import { Look } from "./look.js";
import { Notices } from "./notices.js";
import { Selection } from "./selection.js";
import { SelectionBar } from "./selection_bar.js";
import { Size } from "./size.js";
import { BoardState, findRoot, PARKED } from "./state.js";
import { addStyles } from "./styles.js";
import { Suggestions } from "./suggestions.js";
import { Sync } from "./sync.js";
import { Toolbar } from "./toolbar.js";
import { BoardView } from "./view.js";
import { say, sayVoices, useWords } from "./words.js";

/** Acts for which nobody is asked why. */
const UNEXPLAINED = ["comment", "hide_comment", "undo", "redo", "undo_own", "refuse_suggestion"];

export class Board {
  state = new BoardState();
  find = new Finder();
  announcer = new Announcer();
  notices = new Notices();
  history = new History();
  columns = new Map();
  foundIds = [];
  lastAct = null;
  hands = new Hands(this);
  layout = "board";
  isNarrow = false;
  shownColumn = null;

  /**
   * @param {Element|ShadowRoot} place where the board is put
   * @param {object} options workshop, and token (none for a seat), isSeat, isStyled (the page has the style sheets), words, askToken, onReady, onRoom, onEvent, onDraw,
   *   onColumn and narrow (which leaves out cards) where they are
   */
  constructor(place, options) {
    this.options = options;
    this.selection = new Selection(() => this.draw());
    this.view = new BoardView(this);
    this.suggestions = new Suggestions(this);
    this.toolbar = new Toolbar(this);
    this.selectionBar = new SelectionBar(this);
    this.root = make("div", { class: "board", "aria-busy": "true" });
    const body = make("div", { class: "body" }, this.view.list, this.history.element);
    const parts = [this.toolbar, this.notices, this.suggestions, { element: body }, this.selectionBar, this.announcer];
    this.root.append(...parts.map((part) => part.element));
    place.append(this.root);
    this.keys = new Keys(this);
    this.drag = new Drag(this);
    listenToClicks(this);
    this.sync = new Sync(this, options);
    this.root.dataset.layout = this.layout;
    this.size = new Size(this);
    this.look = new Look(this.root);
    this.sync.start();
  }

  /** Follow the look of the page around the board. */
  follow() {
    this.look.follow();
  }

  /** Send a move, showing it at once. @param {object} move */
  submit(move) {
    this.sync.submit(move);
    if (move.voices) this.selection.clear();
  }

  /** Draw everything as it is now. Costs little where little has changed. */
  draw() {
    if (!this.state.workshop) return;
    const shown = this.options.narrow?.(this.sync.shown, this.state) ?? this.sync.shown;
    this.themes = shown.themes;
    this.columns = arrangeBoard(shown);
    this.selection.keepOnly(shown.cards);
    this.foundIds = this.#listFound(shown.cards);
    if (!this.columns.has(this.shownColumn)) this.shownColumn = findUsualColumn(this.columns);
    this.view.draw(this.columns);
    this.view.markShown(this.shownColumn);
    if (!this.options.isSeat) this.suggestions.draw();
    const isPlain = [...this.themes.values()].every((theme) => theme.stability === null);
    this.root.toggleAttribute("data-plain", isPlain);
    this.toolbar.draw();
    this.selectionBar.draw();
    this.hands.follow();
    this.drawStatus();
    this.options.onDraw?.(this);
    if (!this.root.hasAttribute("aria-busy")) return;
    this.root.removeAttribute("aria-busy");
    this.options.onReady?.();
    this.options.onRoom?.(this.state.room);
    // What stands above the board may come later than the board does.
    requestAnimationFrame(this.size.measure);
  }

  /** Show whether all is saved and the line is up. */
  drawStatus() {
    const nUnsent = this.sync?.unsent.length ?? 0;
    const status = this.sync?.status ?? "live";
    this.toolbar.showSaved(nUnsent, status !== "offline" && status !== "refused");
    this.notices.showLine(this.#findLineNotice(status), nUnsent);
  }

  /** Tell of an event that has just come in: own acts at once, others' in a pause. @param {object} event */
  tellOfEvent(event) {
    this.options.onEvent?.(event);
    const words = event.kind === "comment" ? event.comments[0]?.words : null;
    const said = words ? `${event.said}: ${words}` : event.said;
    if (event.actor === this.state.workshop.you) this.announcer.say(`${said}.`);
    else this.announcer.overhear(said);
  }

  /** Keep what this person has just done, so that they can say why if they like. @param {object} event */
  noteOwnAct(event) {
    this.lastAct = UNEXPLAINED.includes(event.kind) ? null : event;
  }

  /** See what the room is doing now. @param {object} room @param {boolean} isSeat */
  seeRoom(room, isSeat) {
    this.state.seeRoom(room, isSeat);
    this.draw();
    this.options.onRoom?.(room);
  }

  /** Use the Board or the Outline. @param {"board"|"outline"} layout */
  useLayout(layout) {
    this.layout = layout;
    this.root.dataset.layout = layout;
    this.draw();
  }

  /** Show one column where there is room for only one. @param {string} key */
  showColumn(key) {
    this.shownColumn = key;
    this.view.markShown(key);
    this.toolbar.draw();
    this.options.onColumn?.(key);
  }

  /** Fold a section of the outline, or unfold it. @param {HTMLElement} column */
  foldColumn(column) {
    const isFolded = column.classList.toggle("folded");
    column.querySelector(".fold").setAttribute("aria-expanded", String(!isFolded));
  }

  /** Select a voice, or no longer, and say so. @param {number} id */
  toggle(id) {
    if (!this.state.mayMove) return;
    this.selection.toggle(id);
    const voices = sayVoices(this.selection.ids.length);
    const isPicked = this.selection.has(id);
    this.announcer.say(isPicked ? say("Selected. {voices} selected.", { voices }) : say("No longer selected. {voices} selected.", { voices }));
  }

  /** Select everything that was found. */
  pickFound() {
    this.selection.add(this.foundIds);
    this.announcer.say(say("{voices} selected.", { voices: sayVoices(this.selection.ids.length) }));
  }

  /**
   * Tell what an act at this element is about.
   * @param {Element} element
   * @returns {{ids: number[], column: object|null, isOffer?: boolean}}
   */
  findTarget(element) {
    const column = this.columns.get(element.closest(".column")?.dataset.column) ?? null;
    const card = element.closest(".card, .offer");
    if (!card) return { ids: [], column };
    const id = Number(card.dataset.id);
    if (card.matches(".offer")) return { ids: [id], column, near: card, isOffer: true };
    return { ids: this.selection.has(id) ? this.selection.ids : [id], column, near: card };
  }

  /** Tell in which column a voice is at home. @param {number} id */
  findColumnOf(id) {
    return this.view.findCard(id)?.closest(".column")?.dataset.column ?? null;
  }

  /** Tell under which column a theme is shown now. @param {number} id */
  findShownKey(id) {
    const root = findRoot(this.themes, id);
    return root ? themeKey(root.id) : null;
  }

  /** Say what else there is to know about a voice at home. @param {object} card @param {object} column */
  sayNote(card, column) {
    if (column.key === PARKED) return say("Parked: {reason}", { reason: card.parked });
    const names = card.echoes.map((id) => findRoot(this.themes, id)).filter((theme) => theme && theme !== column.theme);
    return names.length > 0 ? say("Also in {themes}", { themes: names.map((theme) => theme.name).join(", ") }) : "";
  }

  /** Say where a voice that is shown here too is at home. @param {object} card */
  sayHome(card) {
    if (card.parked !== null) return say("Also speaks here. Parked.");
    return say("Also speaks here. At home in {theme}", { theme: findRoot(this.themes, card.home)?.name ?? say("Not yet placed") });
  }

  /** Tell whether cards can be dragged now. */
  get mayDrag() {
    return this.state.mayMove && !this.isNarrow;
  }

  /** Tell whether moves are on their way. */
  get hasUnsent() {
    return this.sync.unsent.length > 0;
  }

  /** Take the board away. */
  destroy() {
    this.sync.close();
    this.hands.close();
    this.suggestions.close();
    this.size.close();
    this.look.close();
    this.root.remove();
  }

  #listFound(cards) {
    if (!this.find.isOn) return [];
    return [...cards.values()].filter((card) => this.find.matches(card)).map((card) => card.id);
  }

  #findLineNotice(status) {
    if (status === "offline" || status === "refused") return status;
    if (this.state.workshop?.closed) return "closed";
    return !this.state.workshop || this.state.mayMove ? null : this.options.isSeat ? "listening" : "reading";
  }
}

const boards = new WeakMap();

/**
 * Open a board with its styles.
 * @param {Element|ShadowRoot} place
 * @param {object} options as for Board
 * @returns {Promise<Board>}
 */
export async function openBoard(place, options) {
  useWords(options.words);
  if (!options.isStyled) await addStyles(place);
  return new Board(place, options);
}

/**
 * Mount the board in a Streamlit component. Called again at every change of its data or of the look.
 * @param {object} component
 * @param {{workshop: string, token: string}} component.data
 * @param {Element|ShadowRoot} component.parentElement
 * @param {Function} component.setTriggerValue
 * @returns {() => void}
 */
export default function mountBoard({ data, parentElement, setTriggerValue }) {
  const known = boards.get(parentElement);
  if (known?.workshop === data.workshop) {
    known.opening.then((board) => {
      board.sync.renewToken(data.token);
      board.follow();
    });
  } else {
    known?.opening.then((board) => board.destroy());
    const askToken = () => setTriggerValue("renew", Date.now());
    boards.set(parentElement, { workshop: data.workshop, opening: openBoard(parentElement, { ...data, askToken }) });
  }
  return () => closeWhenGone(parentElement);
}

/** A cleanup may be called while the board lives on: only one that has left the page is closed. */
function closeWhenGone(parentElement) {
  const host = parentElement.host ?? parentElement;
  setTimeout(() => {
    if (host.isConnected) return;
    boards.get(parentElement)?.opening.then((board) => board.destroy());
    boards.delete(parentElement);
  });
}
