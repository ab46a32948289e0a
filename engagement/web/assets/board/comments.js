/** Comments on why: marked on voices and themes, read and given in one dialog, hidden by who leads. */

import { makeWordsForm, openDialog, makeFoot } from "./dialogs.js";
import { make } from "./elements.js";
import { say, sayTime, shorten } from "./words.js";

const LONGEST = 280;

/** Sum up comments on one line, the latest first. @param {object[]} comments @returns {string} "" for none */
export function sumUp(comments) {
  const latest = comments.at(-1);
  if (!latest) return "";
  const line = say("{name}: “{words}”", { name: latest.by, words: sayComment(latest) });
  return comments.length > 1 ? `${line} ${say("({count} reasons)", { count: comments.length })}` : line;
}

/** Give the words of a comment, or say that they are hidden. @param {object} comment */
export function sayComment(comment) {
  return comment.words ?? say("(hidden)");
}

/** Read why a voice stands where it does, and say so. @param {import("./board.js").Board} board @param {number[]} ids */
export async function sayWhyOfVoice(board, [id]) {
  const card = board.state.cards.get(id);
  await askWhy(board, shorten(card.text), board.state.listVoiceComments(id), { voice: id });
}

/** Read why a theme is as it is, and say so. @param {import("./board.js").Board} board @param {object} column */
export async function sayWhyOfTheme(board, column) {
  await askWhy(board, column.name, listThemeComments(board.state, column), { theme: column.theme.id });
}

/** Say why one did what one did last. @param {import("./board.js").Board} board @param {{seq: number, said: string}} act */
export async function sayWhyOfAct(board, act) {
  await askWhy(board, act.said, board.state.listStepComments(act.seq), { step: act.seq });
}

/** List the comments on a theme and on those merged into it. @param {object} state @param {object} column */
export function listThemeComments(state, { theme, merged }) {
  if (!theme) return [];
  const comments = [theme, ...merged].flatMap((each) => state.listThemeComments(each.id));
  return comments.sort((one, other) => one.seq - other.seq);
}

async function askWhy(board, title, comments, about) {
  const { state } = board;
  const question = {
    label: say("Why?"),
    hint: say("One line for everybody in the room. Leave people’s names out."),
    act: say("Say why"),
    longest: LONGEST,
  };
  const given = await openDialog(board.root, title, (answer) => [
    ...listComments(comments, state.may("hide_comment"), (seq) => answer({ hide: seq })),
    state.may("comment") ? makeWordsForm(question, (words) => answer({ words })) : makeFoot(null, say("Close")),
  ]);
  if (given?.words) board.submit({ kind: "comment", ...about, words: given.words });
  if (given?.hide) board.submit({ kind: "hide_comment", comment: given.hide });
}

function listComments(comments, mayHide, hide) {
  if (comments.length === 0) return [];
  const items = comments.map((comment) =>
    make(
      "li",
      {},
      make("p", { dir: "auto" }, sayComment(comment)),
      make("p", { class: "hint" }, make("span", { dir: "auto" }, comment.by), " · ", make("time", { datetime: comment.at }, sayTime(comment.at))),
      mayHide && comment.words !== null ? makeHide(comment, hide) : null,
    ),
  );
  return [make("ul", { class: "reasons", role: "list" }, ...items)];
}

function makeHide(comment, hide) {
  const label = say("Hide this reason of {name} from everybody", { name: comment.by });
  return make("button", { type: "button", "aria-label": label, title: label, onclick: () => hide(comment.seq) }, say("Hide"));
}
