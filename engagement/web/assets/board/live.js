/** The line to the server: read the state, read the stream of events, send moves. */

import { readStream } from "./stream.js";
import { sayRefusal } from "./words.js";

const LONGEST_WAIT_MS = 10_000;
const HISTORY_LENGTH = 60;
const ANSWER_LIMIT_MS = 20_000;

export class LiveLine {
  #closed = false;
  #stop = null;
  #wake = null;
  #token;

  /**
   * @param {object} options
   * @param {string} options.workshop
   * @param {string} [options.token] none for a seat
   * @param {() => number} options.lastSeen the number of the newest event that is known
   * @param {() => string} options.mark what the state said of the voices and the board itself
   * @param {(event: object) => void} options.onEvent
   * @param {(room: object) => void} options.onRoom another round, somebody came or left
   * @param {(hands: object[]) => void} options.onHands somebody picked cards up, or put them down
   * @param {() => void} options.onReload a voice came or went, or the board was closed or renamed: read it anew
   * @param {() => Promise<unknown>} options.onStale the record is another one, such as a backup: read it anew
   * @param {(status: "live"|"offline"|"paused"|"refused") => void} options.onStatus
   */
  constructor({ workshop, token, lastSeen, mark, onEvent, onRoom, onHands, onReload, onStale, onStatus }) {
    this.address = `/live/${encodeURIComponent(workshop)}`;
    this.#token = token;
    this.lastSeen = lastSeen;
    this.mark = mark;
    this.onEvent = onEvent;
    this.onRoom = onRoom;
    this.onHands = onHands;
    this.onReload = onReload;
    this.onStale = onStale;
    this.onStatus = onStatus;
    document.addEventListener("visibilitychange", this.#seeVisibility);
    window.addEventListener("online", this.#retryNow);
  }

  /** Use a fresh token from now on. @param {string} token @returns {boolean} whether it is another one */
  renewToken(token) {
    if (token === this.#token) return false;
    this.#token = token;
    this.#retryNow();
    return true;
  }

  /** Read the whole state. @returns {Promise<object>} */
  async readState() {
    const answer = await this.#ask("state", { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    if (!isJson(answer)) throw new TypeError(`The state came as ${answer.status}, not as JSON.`);
    const body = await answer.json();
    if (!answer.ok) throw new RefusedError(answer.status, sayRefusal(body));
    return body;
  }

  /**
   * Read every step of the history up to one, answer by answer.
   * @param {number} last
   * @returns {Promise<object[]>}
   */
  async readSteps(last) {
    const steps = [];
    while (steps.length < last) {
      const answer = await this.#ask(`steps?after=${steps.length}`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
      const more = answer.ok && isJson(answer) ? await answer.json() : [];
      if (more.length === 0) throw new TypeError(`The steps after ${steps.length} did not come (${answer.status}).`);
      steps.push(...more);
    }
    return steps.slice(0, last);
  }

  /** Read what is suggested. @returns {Promise<object|null>} null when no answer came; the next move asks again */
  async readSuggestions() {
    try {
      const answer = await this.#ask("suggestions", { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
      return answer.ok && isJson(answer) ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  /**
   * Send one move.
   * @param {object} move
   * @returns {Promise<{status: number, body: object}>} status 0 when no answer came
   */
  sendMove(move) {
    return this.send("moves", move);
  }

  /**
   * Send something to be done.
   * @param {string} what the last part of the address
   * @param {object} message
   * @returns {Promise<{status: number, body: object}>} status 0 when no answer came
   */
  async send(what, message) {
    try {
      const answer = await this.#ask(what, {
        method: "POST",
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
      if (answer.status >= 500 || answer.status === 429 || !isJson(answer)) return { status: 0, body: {} };
      return { status: answer.status, body: await answer.json() };
    } catch {
      return { status: 0, body: {} };
    }
  }

  /** Say which cards are in the hand. Nothing depends on it: what does not arrive is said again. @param {number[]} cards */
  async sendHand(cards) {
    if (document.hidden) return;
    try {
      await this.#ask("hands", { method: "POST", body: JSON.stringify({ cards }), signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    } catch {
      // The line is down, and so are the marks of the others.
    }
  }

  /** Follow the stream until closed: catch up by number, come back after a break, rest while nobody looks. */
  async follow() {
    let after = Math.max(0, this.lastSeen() - HISTORY_LENGTH);
    for (let misses = 0; !this.#closed; ) {
      if (document.hidden) {
        this.onStatus("paused");
        await this.#rest(Infinity);
        continue;
      }
      const wasLive = await this.#readOnce(after);
      after = this.lastSeen();
      misses = wasLive ? 0 : misses + 1;
      if (misses > 0 && !this.#closed && !document.hidden) this.onStatus("offline");
      await this.#rest(waitBefore(misses));
    }
  }

  /** Close the stream for good. */
  close() {
    this.#closed = true;
    document.removeEventListener("visibilitychange", this.#seeVisibility);
    window.removeEventListener("online", this.#retryNow);
    this.#stop?.abort();
    this.#retryNow();
  }

  async #readOnce(after) {
    this.#stop = new AbortController();
    let isLive = false;
    try {
      const answer = await this.#ask(`events?after=${after}&mark=${encodeURIComponent(this.mark())}`, { signal: this.#stop.signal });
      if (answer.status === 401 || answer.status === 403) this.onStatus("refused");
      if (answer.status === 409) await this.onStale();
      if (!answer.ok || !isStream(answer)) return false;
      isLive = true;
      this.onStatus("live");
      await readStream(answer.body, this, this.#stop);
    } catch {
      // A break of any kind ends here: the loop in `follow` comes back and catches up by number.
    }
    return isLive;
  }

  #ask(what, options) {
    // A seat shows its cookie instead, which no script can read.
    const headers = this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
    if (options.body) headers["Content-Type"] = "application/json";
    return fetch(`${this.address}/${what}`, { cache: "no-store", credentials: "same-origin", ...options, headers });
  }

  #rest(wait) {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (Number.isFinite(wait)) setTimeout(resolve, wait);
    });
  }

  #retryNow = () => this.#wake?.();

  #seeVisibility = () => {
    if (document.hidden) this.#stop?.abort();
    else this.#retryNow();
  };
}

/** The server heard us and said no. */
export class RefusedError extends Error {
  constructor(status, sentence) {
    super(sentence ?? `The server answered ${status}.`);
    this.status = status;
  }
}

function waitBefore(misses) {
  const wait = misses === 0 ? 200 : Math.min(LONGEST_WAIT_MS, 400 * 2 ** misses);
  return wait * (0.75 + Math.random() / 2);
}

function isJson(answer) {
  return (answer.headers.get("content-type") ?? "").includes("application/json");
}

function isStream(answer) {
  return (answer.headers.get("content-type") ?? "").includes("text/event-stream");
}
