/** Which card stands in which column, and in what order. */

import { findRoot, PARKED, UNPLACED } from "./state.js";
import { say } from "./words.js";

/**
 * Put cards into columns: not yet placed, themes in their order, parked.
 * @param {{cards: Map<number, object>, themes: Map<number, object>}} shown
 * @returns {Map<string, object>} from column key to {key, theme, name, cards, echoes, merged}, in order
 */
export function arrangeBoard(shown) {
  const columns = makeColumns(shown.themes);
  for (const card of shown.cards.values()) {
    const home = findColumnKey(card, shown.themes);
    columns.get(home).cards.push(card);
    for (const key of listEchoKeys(card, shown.themes)) {
      if (key !== home) columns.get(key).echoes.push(card);
    }
  }
  for (const column of columns.values()) column.cards.sort(compareCards);
  return columns;
}

/**
 * Tell which column to begin with: the first that holds a voice.
 * @param {Map<string, object>} columns
 * @returns {string}
 */
export function findUsualColumn(columns) {
  return [...columns.values()].find(({ cards }) => cards.length > 0)?.key ?? UNPLACED;
}

/** Tell the key of a theme's column. @param {number} id @returns {string} */
export function themeKey(id) {
  return `theme-${id}`;
}

/** Tell the id of the theme whose column has this key. @param {string} key */
export function findThemeId(key) {
  return Number(key.replace("theme-", ""));
}

function makeColumns(themes) {
  const live = [...themes.values()].filter((theme) => !theme.removed);
  const roots = live.filter((theme) => !theme.merged_into);
  roots.sort((a, b) => a.position - b.position || a.id - b.id);
  const columns = new Map([[UNPLACED, makeColumn(UNPLACED, say("Not yet placed"))]]);
  for (const theme of roots) columns.set(themeKey(theme.id), makeColumn(themeKey(theme.id), theme.name, theme));
  columns.set(PARKED, makeColumn(PARKED, say("Parked")));
  for (const theme of live) {
    const root = theme.merged_into ? findRoot(themes, theme.id) : null;
    if (root) columns.get(themeKey(root.id)).merged.push(theme);
  }
  return columns;
}

function makeColumn(key, name, theme = null) {
  return { key, name, theme, cards: [], echoes: [], merged: [] };
}

function findColumnKey(card, themes) {
  if (card.parked !== null) return PARKED;
  const root = findRoot(themes, card.home);
  return root ? themeKey(root.id) : UNPLACED;
}

function listEchoKeys(card, themes) {
  const roots = card.echoes.map((id) => findRoot(themes, id)).filter(Boolean);
  return new Set(roots.map((root) => themeKey(root.id)));
}

function compareCards(a, b) {
  if (a.version !== b.version) return b.version - a.version;
  return (b.strength ?? -1) - (a.strength ?? -1) || a.id - b.id;
}
