/** The help dialog: everything that keys do. */

import { make } from "./elements.js";
import { makeFoot, openDialog } from "./dialogs.js";
import { say, word } from "./words.js";

const KEYS = [
  ["Tab", word("go to the next theme")],
  ["Up, Down", word("go through the voices of a theme")],
  ["Left, Right", word("go to the theme before or after")],
  ["Home, End", word("go to the first or the last voice")],
  ["Enter", word("show all that can be done here")],
  ["m", word("move to another theme")],
  ["e", word("also show in another theme")],
  ["s or Space", word("select, or no longer")],
  ["d", word("split the selected voices off into a new theme")],
  ["p", word("park with a reason"), "park"],
  ["b", word("bring back what is parked"), "park"],
  ["a", word("accept a suggestion"), "refuse_suggestion"],
  ["x", word("refuse it"), "refuse_suggestion"],
  ["w", word("say why, or read it")],
  ["n", word("name the theme again")],
  ["g", word("merge this theme into another"), "merge"],
  ["h", word("hold this theme up on the wall"), "wall"],
  ["u", word("undo the last move")],
  ["y", word("redo it"), "redo"],
  ["f", word("find voices by words")],
  ["Escape", word("stop a drag, close, or select nothing")],
  ["?", word("this help")],
];

const INTRODUCTION = [
  word("Drag a voice to a theme, or use “Move to…”. Drag a theme’s heading onto another to merge the two."),
  word("All of it works with keys alone, once a voice or a heading is in focus:"),
];

/** Show what keys do, leaving out what this person never may. @param {import("./board.js").Board} board */
export function showHelp({ root, state, options }) {
  const usable = KEYS.filter(([, , kind]) => !kind || !options.isSeat || state.may(kind));
  const rows = usable.map(([keys, act]) => make("div", {}, make("dt", {}, ...listKeys(keys)), make("dd", {}, say(act))));
  return openDialog(
    root,
    say("How to use the board"),
    () => [
      make("p", {}, INTRODUCTION.map((sentence) => say(sentence)).join(" ")),
      make("dl", { class: "keys" }, ...rows),
      makeFoot(null, say("Close")),
    ],
    { className: "help" },
  );
}

function listKeys(keys) {
  return keys.split(/(, | or )/).map((part) => (/^(, | or )$/.test(part) ? part : make("kbd", {}, part)));
}
