/** The bar that appears while voices are selected: what can be done with all of them. */

import { runAct } from "./acts.js";
import { make, setText } from "./elements.js";
import { say, sayVoices, word } from "./words.js";

const ACTS = [
  ["move", "move", word("Move to…")],
  ["echo", "echo", word("Also in…")],
  ["split", "add_theme", word("Split off")],
  ["park", "park", word("Park…")],
  ["clear", null, word("Clear")],
];

export class SelectionBar {
  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    this.count = make("span", { class: "count" });
    this.buttons = ACTS.map(([name, kind, label]) => [kind, this.#makeButton(name, label)]);
    const group = { class: "selection", role: "group", "aria-label": say("Selected voices"), hidden: true };
    this.element = make("div", group, this.count, ...this.buttons.map(([, button]) => button));
  }

  /** Show how many are selected, or hide. */
  draw() {
    const count = this.board.selection.ids.length;
    const hadFocus = this.element.contains(this.element.getRootNode().activeElement);
    this.element.hidden = count === 0;
    if (this.element.hidden && hadFocus) this.board.keys.goBack();
    for (const [kind, button] of this.buttons) button.hidden = kind !== null && !this.board.state.may(kind);
    setText(this.count, this.board.isNarrow ? say("{count} selected", { count }) : say("{voices} selected", { voices: sayVoices(count) }));
  }

  #makeButton(name, label) {
    const run = () => runAct(this.board, name, { ids: this.board.selection.ids });
    return make("button", { type: "button", onclick: run }, say(label));
  }
}
