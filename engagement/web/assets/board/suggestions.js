/** The trays: under each theme the voices that may belong there. People accept or refuse; nothing moves by itself. */

import { themeKey } from "./arrange.js";
import { make, setText } from "./elements.js";
import { findRoot } from "./state.js";

const PAUSE_MS = 600;
const PLACE = "common-thread:suggestions";

export class Suggestions {
  #timer = null;
  #asked = "";
  #seq = 0;
  #note = "";
  #offers = new Map();
  #trays = new Map();

  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    this.isOn = readChoice();
    this.button = make("button", { type: "button", onclick: () => this.toggle() }, "Suggestions");
    this.element = make("p", { class: "tray-note", hidden: true });
  }

  /** Show the suggestions, or hide them; the device remembers which. */
  toggle() {
    this.isOn = !this.isOn;
    keepChoice(this.isOn);
    this.board.draw();
    this.board.announcer.say(this.isOn ? "Suggestions are shown." : "Suggestions are hidden.");
  }

  /** Draw what is suggested, and ask again where the board has changed since. */
  draw() {
    const { state } = this.board;
    const isShown = this.isOn && state.mayMove;
    this.button.hidden = !state.mayMove;
    this.button.setAttribute("aria-pressed", String(this.isOn));
    setText(this.element, this.#note);
    // Its line stays when it says nothing: cards must not slip away under a finger that is about to take one.
    this.element.hidden = !isShown;
    if (isShown && this.#asked !== this.#mark) this.#askSoon();
    this.#drawTrays(isShown);
  }

  /** Count the voices suggested in a column. @param {string} key */
  count(key) {
    return this.isOn && this.board.state.mayMove ? this.#listOffers(key).length : 0;
  }

  /** Let a voice go where it was suggested, or also speak there. @param {number} id @param {object} column */
  accept(id, column) {
    const offer = (this.#offers.get(column.key) ?? []).find(({ voice_id }) => voice_id === id);
    this.#drop(id, column.key);
    const theme = column.theme.id;
    if (offer?.also) this.board.submit({ kind: "echo", voices: [id], theme, on: true });
    else this.board.submit({ kind: "move", voices: [id], to: theme, suggested: true });
  }

  /** Say that a voice does not belong where it was suggested. @param {number} id @param {object} column */
  refuse(id, column) {
    this.#drop(id, column.key);
    this.board.submit({ kind: "refuse_suggestion", voices: [id], theme: column.theme.id });
  }

  /** Stop asking. */
  close() {
    clearTimeout(this.#timer);
  }

  get #mark() {
    return `${this.board.state.seq} ${this.board.state.mark}`;
  }

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  async #ask() {
    if (document.hidden) return;
    this.#asked = this.#mark;
    const found = await this.board.sync.line.readSuggestions();
    if (!found || found.seq < this.#seq) return;
    this.#seq = found.seq;
    this.#note = found.note;
    this.#offers = new Map(found.themes.map(({ theme_id, voices }) => [themeKey(theme_id), voices]));
    this.board.draw();
  }

  /** List what is suggested in a column and still stands: a voice that was touched since is left out. */
  #listOffers(key) {
    const { cards } = this.board.sync.shown;
    return (this.#offers.get(key) ?? [])
      .map(({ voice_id, sureness, also }) => ({ card: cards.get(voice_id), sureness, also }))
      .filter(({ card }) => card && card.version <= this.#seq);
  }

  #drop(id, key) {
    this.#offers.set(key, (this.#offers.get(key) ?? []).filter((offer) => offer.voice_id !== id));
  }

  #drawTrays(isShown) {
    for (const key of this.#trays.keys()) if (!this.board.columns.has(key)) this.#trays.delete(key);
    for (const column of this.board.columns.values()) {
      const offers = isShown && column.theme ? this.#listOffers(column.key) : [];
      if (offers.length > 0 || this.#trays.has(column.key)) this.#drawTray(column, offers);
    }
  }

  #drawTray(column, offers) {
    const tray = this.#getTray(column.key);
    const focused = tray.contains(tray.getRootNode().activeElement) ? tray.getRootNode().activeElement : null;
    const at = [...tray.querySelectorAll(".offer")].indexOf(focused?.closest(".offer"));
    tray.hidden = offers.length === 0;
    setText(tray.querySelector("h3"), `Suggested here (${offers.length})`);
    const list = tray.querySelector("ul");
    const known = new Map([...list.children].map((item) => [Number(item.firstChild.dataset.id), item]));
    const items = offers.map(({ card }) => known.get(card.id) ?? makeOffer(card, column.key));
    for (const item of known.values()) if (!items.includes(item)) item.remove();
    for (const [place, item] of items.entries()) if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
    for (const [place, offer] of offers.entries()) this.#tellOffer(items[place], offer);
    if (focused && !focused.isConnected) this.#keepFocus(column.key, items[Math.min(at, items.length - 1)]);
  }

  #tellOffer(item, { card, sureness, also }) {
    const home = findRoot(this.board.themes, card.home);
    const place = home ? `Now in ${home.name}` : "Not yet placed";
    const why = also ? `Also speaks of this: “${also}”` : `${sureness[0].toUpperCase()}${sureness.slice(1)}`;
    setText(item.querySelector(".note"), also ? `${why} · Stays in ${home?.name ?? "its place"}` : `${why} · ${place}`);
  }

  /** The voice that was judged leaves the focus to the next one, or to the heading. */
  #keepFocus(key, item) {
    const target = item?.firstChild ?? this.board.view.findColumn(key)?.querySelector("h2");
    this.board.keys.makeStop(target);
    target?.focus();
  }

  #getTray(key) {
    if (!this.#trays.has(key)) {
      const title = make("h3", { id: `tray-${key}` });
      const list = make("ul", { role: "list", "aria-labelledby": `tray-${key}` });
      this.#trays.set(key, make("div", { class: "tray", hidden: true }, title, list));
    }
    const tray = this.#trays.get(key);
    const cards = this.board.view.findColumn(key).querySelector(".cards");
    if (tray.nextSibling !== cards) cards.before(tray);
    return tray;
  }
}

function makeOffer(card, key) {
  const wordsId = `offer-${key}-${card.id}`;
  const button = (act, label) =>
    make("button", { type: "button", tabindex: "-1", "data-act": act, "aria-describedby": wordsId }, label);
  return make(
    "li",
    {},
    make(
      "article",
      { class: "offer", tabindex: "-1", "data-id": card.id, "aria-labelledby": wordsId },
      make("p", { class: "quote", id: wordsId, dir: "auto", lang: card.language || null }, card.text),
      card.translation ? make("p", { class: "translation", lang: "en", dir: "auto" }, `In English: ${card.translation}`) : null,
      make("p", { class: "where" }, card.where),
      make("p", { class: "note" }),
      make("div", { class: "answers" }, button("accept", "Accept"), button("refuse", "No")),
    ),
  );
}

function readChoice() {
  try {
    return localStorage.getItem(PLACE) !== "off";
  } catch {
    return true;
  }
}

function keepChoice(isOn) {
  try {
    localStorage.setItem(PLACE, isOn ? "on" : "off");
  } catch {
    // A device that keeps nothing shows them again next time.
  }
}
