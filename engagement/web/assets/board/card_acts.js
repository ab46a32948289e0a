/** What can be done with voices. Each act asks what it must know, then hands one move to the board. */

import { findThemeId } from "./arrange.js";
import { chooseTheme } from "./choose_theme.js";
import { askWords } from "./dialogs.js";
import { PARKED, UNPLACED } from "./state.js";
import { say, sayVoices, word } from "./words.js";

export const LONGEST_NAME = 120;
const LONGEST_REASON = 300;
const REASONS = [word("Says too little to place"), word("Not about this engagement"), word("Said twice")];

/**
 * Ask where voices should go, and move them there.
 * @param {import("./board.js").Board} board
 * @param {number[]} ids
 */
export async function moveVoices(board, ids) {
  const places = [...board.columns.values()].map(describePlace);
  const here = findSharedColumn(board, ids);
  const choice = await chooseTheme(board.root, {
    title: say("Move {voices} to", { voices: sayVoices(ids.length) }),
    places: places.filter(({ value }) => value !== here && (value !== PARKED || board.state.may("park"))),
    likely: listLikely(board, ids),
    newLabel: board.state.may("add_theme") ? say("New theme") : null,
  });
  if (choice?.value) await placeVoices(board, ids, choice.value);
  else if (choice) await addTheme(board, ids, choice.newName);
}

/**
 * Put voices into a column, asking for what that needs.
 * @param {import("./board.js").Board} board
 * @param {number[]} ids
 * @param {string} key
 */
export async function placeVoices(board, ids, key) {
  if (key === PARKED) return parkVoices(board, ids);
  if (key === "new") return addTheme(board, ids);
  // Somebody may have merged or removed the theme since it was chosen: the server knows, and says what became of it.
  board.submit({ kind: "move", voices: ids, to: key === UNPLACED ? null : findThemeId(key) });
  return undefined;
}

/**
 * Ask in which other theme voices also speak.
 * @param {import("./board.js").Board} board
 * @param {number[]} ids
 */
export async function echoVoices(board, ids) {
  const home = findSharedColumn(board, ids);
  const themes = [...board.columns.values()].filter((column) => column.theme && column.key !== home);
  const places = themes.map((column) => ({
    value: column.key,
    label: column.name,
    count: column.cards.length,
    mark: isEchoed(column, ids) ? say("already there, choose to take out") : "",
  }));
  const title = say("Show {voices} also in", { voices: sayVoices(ids.length) });
  const choice = await chooseTheme(board.root, { title, places, likely: listLikely(board, ids) });
  if (!choice) return;
  const column = board.columns.get(choice.value);
  board.submit({ kind: "echo", voices: ids, theme: findThemeId(choice.value), on: !column || !isEchoed(column, ids) });
}

/** Park voices with a reason. @param {import("./board.js").Board} board @param {number[]} ids */
export async function parkVoices(board, ids) {
  const reason = await askWords(board.root, {
    title: say("Park {voices}", { voices: sayVoices(ids.length) }),
    label: say("Why?"),
    hint: say("Parked voices stay in the record and in the count. Others will read the reason."),
    act: say("Park"),
    ideas: REASONS.map((reason) => say(reason)),
    longest: LONGEST_REASON,
  });
  if (reason) board.submit({ kind: "park", voices: ids, reason });
}

/**
 * Bring parked voices back to where voices wait for a place.
 * @param {import("./board.js").Board} board
 * @param {number[]} ids
 */
export function bringBack(board, ids) {
  const parked = ids.filter((id) => board.findColumnOf(id) === PARKED);
  if (parked.length > 0) board.submit({ kind: "move", voices: parked, to: null });
  else board.announcer.say(say("This voice is not parked."));
}

/**
 * Make a new theme, of these voices or empty.
 * @param {import("./board.js").Board} board
 * @param {number[]} [ids]
 * @param {string} [name]
 */
export async function addTheme(board, ids = [], name = "") {
  const title = ids.length > 0 ? say("New theme from {voices}", { voices: sayVoices(ids.length) }) : say("New theme");
  const hint = say("A few words that people would say themselves.");
  const question = { title, label: say("Name"), hint, act: say("Add theme"), longest: LONGEST_NAME };
  const given = name || (await askWords(board.root, question));
  if (given) board.submit({ kind: "add_theme", name: given, voices: ids });
}

/**
 * Describe a column as a place to choose.
 * @param {object} column
 * @returns {{value: string, label: string, count: number}}
 */
export function describePlace({ key, name, cards }) {
  return { value: key, label: name, count: cards.length };
}

function listLikely(board, ids) {
  const counts = new Map();
  const here = findSharedColumn(board, ids);
  for (const id of ids) {
    for (const [rank, theme] of (board.state.cards.get(id)?.near ?? []).entries()) {
      const key = board.findShownKey(theme);
      if (key && key !== here) counts.set(key, (counts.get(key) ?? 0) + 1 / (rank + 1));
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([key]) => key);
}

function findSharedColumn(board, ids) {
  const keys = new Set(ids.map((id) => board.findColumnOf(id)));
  return keys.size === 1 ? [...keys][0] : null;
}

function isEchoed(column, ids) {
  const there = new Set(column.echoes.map((card) => card.id));
  return ids.every((id) => there.has(id));
}
