/** What happened on the board: who did what, and when, newest first. */

import { make } from "./elements.js";
import { sayComment } from "./comments.js";
import { say, sayTime } from "./words.js";

const MOST_SHOWN = 200;

export class History {
  #events = new Map();
  #whys = new Map();

  constructor() {
    this.list = make("ol", { role: "list" });
    this.empty = make("p", { class: "hint" }, say("Nothing has been moved yet."));
    const close = make("button", { type: "button", onclick: () => this.toggle(false) }, say("Close"));
    this.element = make(
      "section",
      { class: "history", "aria-label": say("History"), tabindex: "-1", hidden: true },
      make("div", { class: "head" }, make("h2", {}, say("History")), close),
      this.empty,
      this.list,
    );
    this.button = make("button", { type: "button", "aria-expanded": "false", onclick: () => this.toggle() }, say("History"));
  }

  /** Show the history, or hide it. @param {boolean} [isOpen] */
  toggle(isOpen = this.element.hidden) {
    const hadFocus = this.element.contains(this.element.getRootNode().activeElement);
    this.element.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.element.focus();
    else if (hadFocus) this.button.focus();
  }

  /** Add an event. Each is listed once, in its place. @param {object} event */
  add(event) {
    if (this.#events.has(event.seq)) return;
    for (const comment of event.comments) this.#whys.set(comment.seq, comment);
    const time = make("time", { datetime: event.at }, sayTime(event.at));
    const why = make("q", { dir: "auto", hidden: true });
    const item = make("li", {}, make("span", { dir: "auto", lang: "en" }, event.said), why, time);
    const later = [...this.#events.keys()].filter((seq) => seq > event.seq);
    const before = later.length > 0 ? this.#events.get(Math.min(...later)).nextSibling : this.list.firstChild;
    this.list.insertBefore(item, before);
    this.#events.set(event.seq, item);
    this.empty.hidden = true;
    for (const seq of [event.seq, ...event.comments.map((comment) => comment.seq)]) this.#showWhy(seq);
    this.#dropOldest();
  }

  /** Show the words of a comment beside its event, as they stand now. */
  #showWhy(seq) {
    const why = this.#events.get(seq)?.querySelector("q");
    const comment = this.#whys.get(seq);
    if (!why || !comment) return;
    why.textContent = sayComment(comment);
    why.hidden = false;
  }

  #dropOldest() {
    if (this.#events.size <= MOST_SHOWN) return;
    const oldest = Math.min(...this.#events.keys());
    this.#events.get(oldest).remove();
    this.#events.delete(oldest);
  }
}
