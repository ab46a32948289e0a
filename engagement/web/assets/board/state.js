/** What the board knows: the state as the server told it, kept up by numbered events. */

/** The columns that are no theme. */
export const UNPLACED = "unplaced";
export const PARKED = "parked";

export class BoardState {
  seq = 0;
  workshop = null;
  themes = new Map();
  cards = new Map();
  undo = null;
  redo = null;
  room = null;
  comments = new Map();
  #kinds = [];
  #marked = { voices: new Map(), themes: new Map(), step: new Map() };

  /** Take over a whole state. @param {object} snapshot answer of GET state */
  load(snapshot) {
    this.seq = snapshot.seq;
    this.mark = snapshot.mark;
    this.who = snapshot.who;
    this.workshop = snapshot.workshop;
    this.themes = new Map(snapshot.themes.map((theme) => [theme.id, theme]));
    this.cards = new Map(snapshot.cards.map((card) => [card.id, card]));
    this.undo = snapshot.undo;
    this.redo = snapshot.redo;
    this.room = snapshot.room;
    this.comments = new Map(snapshot.comments.map((comment) => [comment.seq, comment]));
    this.#markComments();
    this.#kinds = snapshot.may;
  }

  /**
   * Take over the next event.
   * @param {object} event
   * @returns {boolean} false when it speaks of a card that is not known, so that the state must be read again
   */
  apply(event) {
    if (event.cards.some((card) => !this.cards.has(card.id))) return false;
    for (const card of event.cards) this.cards.set(card.id, { ...this.cards.get(card.id), ...card });
    for (const theme of event.themes) this.themes.set(theme.id, theme);
    this.#takeComments(event.comments);
    this.undo = event.undo;
    this.redo = event.redo;
    this.seq = event.seq;
    return true;
  }

  /**
   * Take over what the room is doing.
   * @param {object} room
   * @param {boolean} isSeat whether the room says what this person may do
   */
  seeRoom(room, isSeat) {
    this.room = room;
    if (isSeat) this.#kinds = room.seats_may;
  }

  /** Tell whether this person may make this kind of move now, or use the wall. @param {string} kind */
  may(kind) {
    if (!this.workshop || this.workshop.closed) return false;
    return kind === "wall" ? this.workshop.may_run : this.#kinds.includes(kind);
  }

  /** Tell whether this person may move cards now. */
  get mayMove() {
    return this.may("move");
  }

  /** List the comments on a voice and on moves of it, the oldest first. @param {number} id @returns {object[]} */
  listVoiceComments(id) {
    return this.#marked.voices.get(id) ?? [];
  }

  /** List the comments on a theme and on acts on it. @param {number} id @returns {object[]} */
  listThemeComments(id) {
    return this.#marked.themes.get(id) ?? [];
  }

  /** List the comments on one move. @param {number} seq @returns {object[]} */
  listStepComments(seq) {
    return this.#marked.step.get(seq) ?? [];
  }

  #takeComments(comments) {
    if (comments.length === 0) return;
    for (const comment of comments) {
      if (comment.stands) this.comments.set(comment.seq, comment);
      else this.comments.delete(comment.seq);
    }
    this.#markComments();
  }

  #markComments() {
    const inOrder = [...this.comments.values()].sort((one, other) => one.seq - other.seq);
    this.#marked = {
      voices: groupBy(inOrder, (comment) => comment.voices),
      themes: groupBy(inOrder, (comment) => comment.themes),
      step: groupBy(inOrder, (comment) => (comment.step === null ? [] : [comment.step])),
    };
  }
}

/**
 * Follow the merges from a theme to the one that is shown.
 * @param {Map<number, object>} themes
 * @param {number|null} id
 * @returns {object|null} null when there is none any more
 */
export function findRoot(themes, id) {
  let theme = themes.get(id) ?? null;
  for (let steps = 0; theme?.merged_into && steps < themes.size; steps += 1) {
    theme = themes.get(theme.merged_into) ?? null;
  }
  return theme && !theme.removed ? theme : null;
}

function groupBy(comments, listIds) {
  const groups = new Map();
  for (const comment of comments) {
    for (const id of listIds(comment)) groups.set(id, [...(groups.get(id) ?? []), comment]);
  }
  return groups;
}
