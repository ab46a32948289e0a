/** The help dialog: everything that keys do. */

import { make } from "./elements.js";
import { makeFoot, openDialog } from "./dialogs.js";

const KEYS = [
  ["Tab", "go to the next theme"],
  ["Up, Down", "go through the voices of a theme"],
  ["Left, Right", "go to the theme before or after"],
  ["Home, End", "go to the first or the last voice"],
  ["Enter", "show all that can be done here"],
  ["m", "move to another theme"],
  ["e", "also show in another theme"],
  ["s or Space", "select, or no longer"],
  ["d", "split the selected voices off into a new theme"],
  ["p", "park with a reason"],
  ["b", "bring back what is parked"],
  ["a", "accept a suggestion"],
  ["x", "refuse it"],
  ["w", "say why, or read it"],
  ["n", "name the theme again"],
  ["g", "merge this theme into another"],
  ["h", "hold this theme up on the wall (who runs the workshop)"],
  ["u", "undo the last move"],
  ["y", "redo it"],
  ["f", "find voices by words"],
  ["Escape", "stop a drag, close, or select nothing"],
  ["?", "this help"],
];

const INTRODUCTION =
  "Drag a voice to a theme, or use “Move to…”. Drag a theme’s heading onto another to merge the two. " +
  "All of it works with keys alone, once a voice or a heading is in focus:";

/** Show what keys do. @param {HTMLElement} root */
export function showHelp(root) {
  const rows = KEYS.map(([keys, act]) => make("div", {}, make("dt", {}, ...listKeys(keys)), make("dd", {}, act)));
  return openDialog(
    root,
    "How to use the board",
    () => [
      make("p", {}, INTRODUCTION),
      make("dl", { class: "keys" }, ...rows),
      makeFoot(null, "Close"),
    ],
    { className: "help" },
  );
}

function listKeys(keys) {
  return keys.split(/(, | or )/).map((part) => (/^(, | or )$/.test(part) ? part : make("kbd", {}, part)));
}
