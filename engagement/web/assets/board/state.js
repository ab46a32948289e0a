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
  #kinds = [];

  /** Take over a whole state. @param {object} snapshot answer of GET state */
  load(snapshot) {
    this.seq = snapshot.seq;
    this.mark = snapshot.mark;
    this.workshop = snapshot.workshop;
    this.themes = new Map(snapshot.themes.map((theme) => [theme.id, theme]));
    this.cards = new Map(snapshot.cards.map((card) => [card.id, card]));
    this.undo = snapshot.undo;
    this.redo = snapshot.redo;
    this.room = snapshot.room;
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
