/** Moves on their way. Each is kept on this device until the server has answered, and sent again until it has. */

const LONGEST_WAIT_MS = 8_000;

export class Outbox {
  #moves = [];
  #isSending = false;
  #misses = 0;
  #wake = null;
  #closed = false;

  /**
   * @param {object} options
   * @param {string} options.place where on this device unsent moves are kept: one for a workshop and person
   * @param {(move: object) => Promise<{status: number, body: object}>} options.send
   * @param {(move: object, answer: {status: number, body: object}) => void} options.onAnswer
   * @param {() => void} options.onChange
   */
  constructor({ place, send, onAnswer, onChange }) {
    this.place = place;
    this.send = send;
    this.onAnswer = onAnswer;
    this.onChange = onChange;
    this.#moves = readKept(place);
  }

  /** List moves that are not yet answered, oldest first. */
  get unsent() {
    return this.#moves;
  }

  /** Tell whether sending has failed since the last answer. */
  get isWaiting() {
    return this.#misses > 0;
  }

  /** Keep a move and send it when its turn comes. @param {object} move @param {number} saw */
  add(move, saw) {
    const kept = { op: makeOperationId(), saw, ...move };
    this.#moves = [...this.#moves, kept];
    keep(this.place, kept);
    this.onChange();
    this.start();
  }

  /** Send what is kept, one after another. */
  async start() {
    this.#wake?.();
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (this.#moves.length > 0 && !this.#closed) await this.#sendFirst();
    } finally {
      this.#isSending = false;
    }
  }

  /** Stop sending. What is unsent stays on this device. */
  close() {
    this.#closed = true;
    this.#wake?.();
  }

  async #sendFirst() {
    const [move] = this.#moves;
    const answer = await this.send(move);
    if (this.#closed) return;
    if (answer.status === 0 || answer.status === 401) {
      this.#misses += 1;
      if (answer.status === 401) this.onAnswer(move, answer);
      this.onChange();
      await this.#rest();
      return;
    }
    this.#misses = 0;
    this.#moves = this.#moves.filter((other) => other.op !== move.op);
    forget(this.place, move.op);
    this.onAnswer(move, answer);
  }

  #rest() {
    const wait = Math.min(LONGEST_WAIT_MS, 300 * 2 ** this.#misses);
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, wait);
    });
  }
}

/** Make the id by which the server counts a move once. Works without https, where randomUUID does not. */
function makeOperationId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Each move has a key of its own, so that two tabs never overwrite each other's. */
function keep(place, move) {
  try {
    const kept = performance.timeOrigin + performance.now();
    localStorage.setItem(`${place}:${move.op}`, JSON.stringify({ ...move, kept }));
  } catch {
    // Storage may be full or switched off: the move is still in memory and will be sent.
  }
}

function forget(place, op) {
  try {
    localStorage.removeItem(`${place}:${op}`);
  } catch {
    // Nothing was kept, then.
  }
}

function readKept(place) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${place}:`));
    const moves = keys.map((key) => JSON.parse(localStorage.getItem(key)));
    moves.sort((a, b) => a.kept - b.kept);
    return moves.map(({ kept, ...move }) => move);
  } catch {
    return [];
  }
}
