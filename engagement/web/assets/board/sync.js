/** Keeping this page and the record the same: events in by number, moves out, and what to say when it fails. */

import { LiveLine, RefusedError } from "./live.js";
import { Outbox } from "./outbox.js";
import { predictBoard } from "./predict.js";
import { say, sayRefusal } from "./words.js";

const GAP_PATIENCE_MS = 1_500;
const RETRY_MS = 2_000;
const TOKEN_PATIENCE_MS = 8_000;

export class Sync {
  #early = new Map();
  #settling = [];
  #gapTimer = null;
  #tokenTimer = null;
  #isClosed = false;
  #isSignedOut = false;
  #status = "live";
  #outbox = null;

  /**
   * @param {import("./board.js").Board} board
   * @param {{workshop: string, token: string, askToken?: () => void}} options
   */
  constructor(board, { workshop, token, askToken, isSeat = false }) {
    this.board = board;
    this.workshop = workshop;
    this.askToken = askToken;
    this.line = new LiveLine({
      workshop,
      token,
      lastSeen: () => board.state.seq,
      mark: () => board.state.mark,
      onEvent: (event) => this.receive(event),
      onHands: (hands) => board.hands.see(hands),
      onRoom: (room) => this.board.seeRoom(room, isSeat),
      onReload: () => this.reload().then(() => this.board.draw()),
      onStale: () => this.#startAnew(),
      onStatus: (status) => this.#seeStatus(status),
    });
  }

  /** Read the state, then follow the stream and send what is still unsent from before. */
  async start() {
    while (!this.#isClosed && !(await this.reload())) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    if (this.#isClosed) return;
    this.#outbox = this.#openOutbox();
    this.#outbox.start();
    this.board.draw();
    await this.line.follow();
  }

  /** Lay unsent moves over the state. */
  get shown() {
    return predictBoard(this.board.state, [...this.#settling, ...this.unsent]);
  }

  /** List moves without an answer. */
  get unsent() {
    return this.#outbox?.unsent ?? [];
  }

  /** Tell how the line is. */
  get status() {
    return this.#outbox?.isWaiting && this.#status === "live" ? "offline" : this.#status;
  }

  /** Send a move, showing it at once. @param {object} move */
  submit(move) {
    this.board.notices.clear();
    this.#outbox.add(move, this.board.state.seq);
    if (this.status !== "live") this.board.announcer.say(say("Kept on this device until the connection is back."));
  }

  /** Take in an event, from the stream or as an answer, in the order of the numbers. @param {object} event */
  receive(event) {
    const { state, history } = this.board;
    history.add(event);
    if (event.seq <= state.seq) return;
    this.#early.set(event.seq, event);
    const isWhole = this.#applyEarly();
    if (this.#early.size > 0 || !isWhole) this.#waitForGap();
    this.board.draw();
  }

  /** Read the whole state again. @returns {Promise<boolean>} whether it came */
  async reload() {
    try {
      const snapshot = await this.line.readState();
      if (snapshot.seq >= this.board.state.seq) this.board.state.load(snapshot);
      this.#settle();
      this.#seeStatus("live");
      return true;
    } catch (error) {
      if (error instanceof RefusedError) this.#seeRefusal(error);
      else this.#seeStatus("offline");
      return false;
    }
  }

  /** Use a fresh token. @param {string} token */
  renewToken(token) {
    if (!this.line.renewToken(token)) return;
    clearTimeout(this.#tokenTimer);
    this.#tokenTimer = null;
    this.#isSignedOut = false;
    this.#status = "live";
    this.#outbox?.start();
    this.board.drawStatus();
  }

  /** Stop for good. */
  close() {
    this.#isClosed = true;
    this.line.close();
    this.#outbox?.close();
    clearTimeout(this.#gapTimer);
    clearTimeout(this.#tokenTimer);
  }

  async #startAnew() {
    this.board.state.seq = 0;
    this.#early.clear();
    this.#settling = [];
    await this.reload();
    this.board.draw();
  }

  #openOutbox() {
    return new Outbox({
      place: `common-thread:unsent:${this.workshop}:${this.board.state.workshop.you}`,
      send: (move) => this.line.sendMove(move),
      onAnswer: (move, answer) => this.#takeAnswer(move, answer),
      onChange: () => this.board.draw(),
    });
  }

  #applyEarly() {
    const { state } = this.board;
    for (let next = this.#early.get(state.seq + 1); next; next = this.#early.get(state.seq + 1)) {
      this.#early.delete(next.seq);
      if (!state.apply(next)) return false;
      this.board.tellOfEvent(next);
    }
    this.#settle();
    return true;
  }

  /** An answer may overtake the stream: wait a little for what lies between, then read the state anew. */
  #waitForGap() {
    this.#gapTimer ??= setTimeout(async () => {
      this.#gapTimer = null;
      if (this.#early.size > 0 || this.#settling.length > 0) await this.reload();
      this.board.draw();
    }, GAP_PATIENCE_MS);
  }

  #settle() {
    const { seq } = this.board.state;
    for (const early of this.#early.keys()) if (early <= seq) this.#early.delete(early);
    this.#settling = this.#settling.filter((move) => move.seq > seq);
  }

  #takeAnswer(move, { status, body }) {
    if (status === 200) {
      if (body.seq > this.board.state.seq) this.#settling.push({ ...move, seq: body.seq });
      this.board.noteOwnAct(body);
      this.receive(body);
      this.board.draw();
      return;
    }
    if (status === 401) return void this.#askForToken();
    this.board.notices.tell(sayRefusal(body) ?? say("That was not saved. Look at the board and try again."));
    if (body.event) this.receive(body.event);
    this.reload().then(() => this.board.draw());
  }

  #seeStatus(status) {
    if (status !== "live") this.board.hands.forget();
    const wasOffline = this.#status === "offline";
    this.#status = status;
    if (status === "refused") this.#askForToken();
    if (status === "live" && wasOffline) {
      this.#outbox?.start();
      this.board.announcer.say(say("The connection is back."));
    }
    this.board.drawStatus();
  }

  #seeRefusal(error) {
    if (error.status === 401) return this.#seeStatus("refused");
    return this.board.notices.tell(error.message);
  }

  /** Ask the page around us once for a fresh token; only when none comes, ask the person to reload. */
  #askForToken() {
    this.#status = this.#isSignedOut ? "refused" : "renewing";
    if (this.#isSignedOut || this.#tokenTimer !== null) return;
    this.askToken?.();
    const giveUp = () => {
      this.#isSignedOut = true;
      this.#status = "refused";
      this.board.drawStatus();
    };
    this.#tokenTimer = setTimeout(giveUp, this.askToken ? TOKEN_PATIENCE_MS : 0);
  }
}
