/** What can be done with themes: name, merge, take apart, remove. */

import { describePlace, LONGEST_NAME } from "./card_acts.js";
import { chooseTheme } from "./choose_theme.js";
import { askConfirm, askWords } from "./dialogs.js";
import { say, sayVoices } from "./words.js";

/** Name a theme again. @param {import("./board.js").Board} board @param {object} column */
export async function renameTheme(board, column) {
  const question = { title: say("Rename this theme"), label: say("Name"), act: say("Rename"), longest: LONGEST_NAME };
  const name = await askWords(board.root, { ...question, value: column.name });
  if (name && name !== column.name) board.submit({ kind: "rename", theme: column.theme.id, name });
}

/**
 * Ask into which theme this one should be merged.
 * @param {import("./board.js").Board} board
 * @param {object} column
 */
export async function mergeTheme(board, column) {
  const others = [...board.columns.values()].filter((other) => other.theme && other.key !== column.key);
  const title = say("Merge “{theme}” into", { theme: column.name });
  const choice = await chooseTheme(board.root, { title, places: others.map(describePlace) });
  if (choice) await mergeInto(board, column, others.find(({ key }) => key === choice.value));
}

/**
 * Merge one theme into another, after asking.
 * @param {import("./board.js").Board} board
 * @param {object} column
 * @param {object} into
 */
export async function mergeInto(board, column, into) {
  if (!column?.theme || !into?.theme || column === into) return;
  const isSure = await askConfirm(board.root, {
    title: say("Merge “{theme}” into “{into}”?", { theme: column.name, into: into.name }),
    text: say("Its {voices} will stand under “{into}”. You can take the two apart again at any time.", {
      voices: sayVoices(column.cards.length),
      into: into.name,
    }),
    act: say("Merge"),
  });
  if (isSure) board.submit({ kind: "merge", theme: column.theme.id, into: into.theme.id });
}

/** Take a merged theme out again. @param {import("./board.js").Board} board @param {object} column */
export async function takeApart(board, column) {
  if (column.merged.length === 0) return board.announcer.say(say("Nothing is merged into this theme."));
  const places = column.merged.map((theme) => ({ value: String(theme.id), label: theme.name, count: null }));
  const title = say("Take out of “{theme}”", { theme: column.name });
  const choice = places.length === 1 ? places[0] : await chooseTheme(board.root, { title, places });
  if (choice) board.submit({ kind: "unmerge", theme: Number(choice.value) });
  return undefined;
}

/** Remove a theme, after asking. @param {import("./board.js").Board} board @param {object} column */
export async function removeTheme(board, column) {
  const isSure = await askConfirm(board.root, {
    title: say("Remove “{theme}”?", { theme: column.name }),
    text: say("Its {voices} go back to “Not yet placed”. Undo brings the theme back.", { voices: sayVoices(column.cards.length) }),
    act: say("Remove theme"),
  });
  if (isSure) board.submit({ kind: "remove_theme", theme: column.theme.id });
}
