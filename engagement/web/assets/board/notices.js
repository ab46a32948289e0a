/** What must not be missed: the line is down, somebody was first, the board is closed. */

import { make, setText } from "./elements.js";
import { say, word } from "./words.js";

const LINES = {
  offline: word("You are not connected. What you do is kept on this device and sent when the connection is back."),
  refused: word("Your sign-in to this board has ended. Reload the page to go on. What you have done is kept on this device."),
  closed: word("This board is closed. You can read it, but not move cards."),
  listening: word("The room is not moving cards now. You can read."),
  reading: word("You may read this board, but not move cards."),
};

export class Notices {
  constructor() {
    this.line = make("p", { class: "banner", role: "status", hidden: true });
    this.text = make("span", { dir: "auto" });
    const close = make("button", { type: "button", onclick: () => this.clear() }, say("Close"));
    this.message = make("div", { class: "message", role: "alert", hidden: true }, this.text, close);
    this.element = make("div", { class: "notices" }, this.line, this.message);
  }

  /**
   * Say how the line is.
   * @param {"offline"|"refused"|"closed"|"listening"|"reading"|null} what
   * @param {number} nUnsent
   */
  showLine(what, nUnsent = 0) {
    const waiting = nUnsent === 1 ? say("1 move is waiting.") : nUnsent > 1 ? say("{count} moves are waiting.", { count: nUnsent }) : "";
    setText(this.line, what ? `${say(LINES[what])} ${waiting}`.trim() : "");
    this.line.hidden = !what;
  }

  /** Say a sentence that stays until it is closed or the next act succeeds. @param {string} sentence */
  tell(sentence) {
    this.text.textContent = sentence;
    this.message.hidden = false;
  }

  /** Take the sentence away. */
  clear() {
    this.message.hidden = true;
    this.text.textContent = "";
  }
}
