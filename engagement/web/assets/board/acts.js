/** Every act by its name: its words, its key, and what it does. Menus, keys and buttons all come here. */

import { addTheme, bringBack, echoVoices, moveVoices, parkVoices } from "./card_acts.js";
import { sayWhyOfTheme, sayWhyOfVoice } from "./comments.js";
import { openMenu } from "./dialogs.js";
import { showHelp } from "./help.js";
import { PARKED } from "./state.js";
import { mergeTheme, removeTheme, renameTheme, takeApart } from "./theme_acts.js";
import { isOnWall, isWallTaken, showOnWall, showWholeBoard } from "./wall.js";
import { say, sayVoices, shorten, word } from "./words.js";

const NO_OFFER = word("Go to a suggestion first.");
const NOT_NOW = word("You may not do this on this board now.");
const NO_REDO = word("Only who runs the workshop can redo.");

/** Acts on voices. @type {Object<string, {label: string, key: string, run: Function}>} */
const CARD_ACTS = {
  move: { label: word("Move to…"), key: "m", run: moveVoices, kind: "move" },
  echo: { label: word("Also in…"), key: "e", run: echoVoices, kind: "echo" },
  park: { label: word("Park…"), key: "p", run: parkVoices, kind: "park" },
  bringBack: { label: word("Bring back to “Not yet placed”"), key: "b", run: bringBack, kind: "move", isFor: hasParked },
  split: { label: word("Split off into a new theme…"), key: "d", run: addTheme, kind: "add_theme" },
};

/** Acts on a theme. */
const THEME_ACTS = {
  rename: { label: word("Rename…"), key: "n", run: renameTheme, kind: "rename" },
  merge: { label: word("Merge into…"), key: "g", run: mergeTheme, kind: "merge" },
  takeApart: { label: word("Take apart…"), key: "", run: takeApart, kind: "unmerge", isFor: (column) => column.merged.length > 0 },
  showOnWall: { label: word("Show on the wall"), key: "h", run: showOnWall, kind: "wall", isFor: (column, { state }) => !isOnWall(state, column.theme) },
  showWhole: { label: word("Show the whole board again"), key: "", run: showWholeBoard, kind: "wall", isFor: (_column, { state }) => isWallTaken(state) },
  remove: { label: word("Remove theme…"), key: "", run: removeTheme, kind: "remove_theme" },
};

/** Answers to a suggestion. */
const OFFER_ACTS = {
  accept: { key: "a", kind: "move", run: (board, id, column) => board.suggestions.accept(id, column) },
  refuse: { key: "x", kind: "refuse_suggestion", run: (board, id, column) => board.suggestions.refuse(id, column) },
};

/** Acts on the board as a whole. */
const BOARD_ACTS = {
  undo: { key: "u", run: (board) => undoLast(board, "undo") },
  redo: { key: "y", run: (board) => undoLast(board, "redo") },
  addTheme: { key: "", kind: "add_theme", run: (board) => addTheme(board) },
  find: { key: "f", run: (board) => board.toolbar.find.focus() },
  help: { key: "?", run: (board) => showHelp(board) },
  clear: { key: "", run: (board) => board.selection.clear() },
};

const ALL_ACTS = { ...CARD_ACTS, ...THEME_ACTS, ...OFFER_ACTS, ...BOARD_ACTS };
const WHY = word("Say why…");
const WHY_KEY = "w";
const KEYS = new Map([...Object.entries(ALL_ACTS).map(([name, { key }]) => [key, name]), [WHY_KEY, "why"]]);

/** Tell whether this person may do anything with a theme itself now. @param {import("./state.js").BoardState} state */
export function mayChangeThemes(state) {
  return Object.values(THEME_ACTS).some(({ kind }) => state.may(kind));
}

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
  if (name === "more") return openMore(board, { ids, column, near });
  if (name === "why") return sayWhy(board, { ids, column });
  const kind = ALL_ACTS[name]?.kind;
  if (kind && !board.state.may(kind)) return board.announcer.say(say(NOT_NOW));
  if (act) return act.run(board);
  if (OFFER_ACTS[name]) return isOffer ? OFFER_ACTS[name].run(board, ids[0], column) : board.announcer.say(say(NO_OFFER));
  if (CARD_ACTS[name]) return runCardAct(board, name, ids.length > 0 ? ids : board.selection.ids);
  if (THEME_ACTS[name] && column?.theme) return THEME_ACTS[name].run(board, column);
  return undefined;
}

async function runCardAct(board, name, ids) {
  if (ids.length === 0) return board.announcer.say(say("Choose a voice first."));
  board.hands.take(ids);
  await CARD_ACTS[name].run(board, ids);
  return board.hands.putDown();
}

async function openMore(board, target) {
  const { ids, column, near } = target;
  const about = ids.length > 0 ? ids : column;
  const acts = Object.entries(ids.length > 0 ? CARD_ACTS : THEME_ACTS);
  const allowed = acts.filter(([, act]) => board.state.may(act.kind));
  const usable = allowed.filter(([, act]) => !act.isFor || (ids.length > 0 ? act.isFor(board, about) : act.isFor(about, board)));
  if (usable.length === 0) return board.announcer.say(say(NOT_NOW));
  const items = usable.map(([name, { label, key }]) => ({ name, label: say(label), key }));
  if (ids.length === 1 || column?.theme) items.push({ name: "why", label: say(WHY), key: WHY_KEY });
  const chosen = await openMenu(board.root, nameTarget(board, target), items, near);
  if (chosen) await runAct(board, chosen, target);
  return undefined;
}

/** Anybody can read why; who may say so is asked in the dialog. */
function sayWhy(board, { ids, column }) {
  if (ids.length > 0) return sayWhyOfVoice(board, ids);
  return column?.theme ? sayWhyOfTheme(board, column) : board.announcer.say(say("Choose a voice first."));
}

function nameTarget(board, { ids, column }) {
  if (ids.length === 0) return column.name;
  return ids.length > 1 ? sayVoices(ids.length) : shorten(board.state.cards.get(ids[0]).text);
}

function hasParked(board, ids) {
  return ids.some((id) => board.findColumnOf(id) === PARKED);
}

function undoLast(board, kind) {
  const { state } = board;
  if (!state.may(kind)) return undoOwn(board, kind);
  if (state[kind] || board.hasUnsent) board.submit({ kind });
  else board.announcer.say(kind === "undo" ? say("There is nothing to undo.") : say("There is nothing to redo."));
  return undefined;
}

function undoOwn(board, kind) {
  if (!board.state.may("undo_own")) return board.announcer.say(say(NOT_NOW));
  return kind === "undo" ? board.submit({ kind: "undo_own" }) : board.announcer.say(say(NO_REDO));
}
