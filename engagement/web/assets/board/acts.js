/** Every act by its name: its words, its key, and what it does. Menus, keys and buttons all come here. */

import { addTheme, bringBack, echoVoices, moveVoices, parkVoices } from "./card_acts.js";
import { openMenu } from "./dialogs.js";
import { showHelp } from "./help.js";
import { PARKED } from "./state.js";
import { mergeTheme, removeTheme, renameTheme, takeApart } from "./theme_acts.js";
import { sayVoices, shorten } from "./words.js";

const NO_OFFER = "Go to a suggestion first.";
const NO_REDO = "Only who runs the workshop can redo.";
const READ_ONLY = "You may read this board, but not move cards.";

/** Acts on voices. @type {Object<string, {label: string, key: string, run: Function}>} */
const CARD_ACTS = {
  move: { label: "Move to…", key: "m", run: moveVoices },
  echo: { label: "Also in…", key: "e", run: echoVoices },
  park: { label: "Park…", key: "p", run: parkVoices },
  bringBack: { label: "Bring back to “Not yet placed”", key: "b", run: bringBack, isFor: hasParked },
  split: { label: "Split off into a new theme…", key: "d", run: addTheme },
};

/** Acts on a theme. */
const THEME_ACTS = {
  rename: { label: "Rename…", key: "n", run: renameTheme },
  merge: { label: "Merge into…", key: "g", run: mergeTheme },
  takeApart: { label: "Take apart…", key: "", run: takeApart, isFor: (column) => column.merged.length > 0 },
  remove: { label: "Remove theme…", key: "", run: removeTheme },
};

/** Answers to a suggestion. */
const OFFER_ACTS = {
  accept: { key: "a", run: (board, id, column) => board.suggestions.accept(id, column) },
  refuse: { key: "x", run: (board, id, column) => board.suggestions.refuse(id, column) },
};

/** Acts on the board as a whole. */
const BOARD_ACTS = {
  undo: { key: "u", run: (board) => undoLast(board, "undo") },
  redo: { key: "y", run: (board) => undoLast(board, "redo") },
  addTheme: { key: "", run: (board) => addTheme(board) },
  find: { key: "f", run: (board) => board.toolbar.find.focus(), isReading: true },
  help: { key: "?", run: (board) => showHelp(board.root), isReading: true },
  clear: { key: "", run: (board) => board.selection.clear(), isReading: true },
};

const KEYS = new Map(
  [CARD_ACTS, THEME_ACTS, OFFER_ACTS, BOARD_ACTS].flatMap((acts) => Object.entries(acts).map(([name, { key }]) => [key, name])),
);

/** Tell which act a letter stands for. @param {string} key @returns {string|undefined} */
export function findAct(key) {
  return KEYS.get(key);
}

/**
 * Do an act.
 * @param {import("./board.js").Board} board
 * @param {string} name
 * @param {{ids?: number[], column?: object|null, near?: Element|null, isOffer?: boolean}} target
 */
export async function runAct(board, name, { ids = [], column = null, near = null, isOffer = false } = {}) {
  const act = BOARD_ACTS[name];
  if (!board.state.mayMove && !act?.isReading) return board.announcer.say(READ_ONLY);
  if (name === "more") return openMore(board, { ids, column, near });
  if (act) return act.run(board);
  if (OFFER_ACTS[name]) return isOffer ? OFFER_ACTS[name].run(board, ids[0], column) : board.announcer.say(NO_OFFER);
  if (CARD_ACTS[name]) return runCardAct(board, name, ids.length > 0 ? ids : board.selection.ids);
  if (THEME_ACTS[name] && column?.theme) return THEME_ACTS[name].run(board, column);
  return undefined;
}

function runCardAct(board, name, ids) {
  return ids.length > 0 ? CARD_ACTS[name].run(board, ids) : board.announcer.say("Choose a voice first.");
}

async function openMore(board, target) {
  const { ids, column, near } = target;
  const about = ids.length > 0 ? ids : column;
  const acts = Object.entries(ids.length > 0 ? CARD_ACTS : THEME_ACTS);
  const usable = acts.filter(([, act]) => !act.isFor || (ids.length > 0 ? act.isFor(board, about) : act.isFor(about)));
  const items = usable.map(([name, { label, key }]) => ({ name, label, key }));
  const name = await openMenu(board.root, nameTarget(board, target), items, near);
  if (name) await runAct(board, name, target);
}

function nameTarget(board, { ids, column }) {
  if (ids.length === 0) return column.name;
  return ids.length > 1 ? sayVoices(ids.length) : shorten(board.state.cards.get(ids[0]).text);
}

function hasParked(board, ids) {
  return ids.some((id) => board.findColumnOf(id) === PARKED);
}

function undoLast(board, kind) {
  if (!board.state.mayRun) return kind === "undo" ? board.submit({ kind: "undo_own" }) : board.announcer.say(NO_REDO);
  if (board.state[kind] || board.hasUnsent) board.submit({ kind });
  else board.announcer.say(kind === "undo" ? "There is nothing to undo." : "There is nothing to redo.");
  return undefined;
}
