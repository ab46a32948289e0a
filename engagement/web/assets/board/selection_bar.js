/** The bar that appears while voices are selected: what can be done with all of them. */

import { runAct } from "./acts.js";
import { make, setText } from "./elements.js";
import { sayVoices } from "./words.js";

const ACTS = [
  ["move", "Move to…"],
  ["echo", "Also in…"],
  ["split", "Split off"],
  ["park", "Park…"],
  ["clear", "Clear"],
];

export class SelectionBar {
  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    this.count = make("span", { class: "count" });
    const buttons = ACTS.map(([name, label]) => this.#makeButton(name, label));
    const group = { class: "selection", role: "group", "aria-label": "Selected voices", hidden: true };
    this.element = make("div", group, this.count, ...buttons);
  }

  /** Show how many are selected, or hide. */
  draw() {
    const count = this.board.selection.ids.length;
    this.element.hidden = count === 0;
    setText(this.count, this.board.isNarrow ? `${count} selected` : `${sayVoices(count)} selected`);
  }

  #makeButton(name, label) {
    const run = () => runAct(this.board, name, { ids: this.board.selection.ids });
    return make("button", { type: "button", onclick: run }, label);
  }
}
