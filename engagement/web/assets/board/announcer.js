/** Saying aloud, to screen readers, what happens on the board. */

import { make } from "./elements.js";
import { say } from "./words.js";

/** What others do is told at most this often, so that a busy room can be borne. */
const PAUSE_MS = 4_000;

export class Announcer {
  #waiting = [];
  #timer = null;
  #quietUntil = 0;

  constructor() {
    this.element = make("p", { class: "aloud", role: "status", "aria-live": "polite" });
  }

  /** Say at once what this person has done. @param {string} text */
  say(text) {
    // The same sentence twice running must change the text, or it is not read again.
    this.element.textContent = this.element.textContent === text ? `${text}\u00a0` : text;
  }

  /** Say when there is a pause what somebody else has done. @param {string} text */
  overhear(text) {
    this.#waiting.push(text);
    this.#timer ??= setTimeout(() => this.#tellWaiting(), Math.max(300, this.#quietUntil - Date.now()));
  }

  #tellWaiting() {
    const count = this.#waiting.length;
    const latest = this.#waiting.at(-1);
    this.#waiting = [];
    this.#timer = null;
    this.#quietUntil = Date.now() + PAUSE_MS;
    this.say(count > 1 ? say("{count} changes by others. The latest: {said}.", { count, said: latest }) : `${latest}.`);
  }
}
