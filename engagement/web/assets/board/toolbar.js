/** The bar above the board: the view, finding, undo and redo, history, help, and whether all is saved. */

import { runAct } from "./acts.js";
import { sayWhyOfAct } from "./comments.js";
import { make, setText } from "./elements.js";
import { say, sayVoices, word } from "./words.js";

const LAYOUTS = [
  ["board", word("Board")],
  ["outline", word("Outline")],
];

export class Toolbar {
  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    this.views = LAYOUTS.map(([name, label]) => this.#makeView(name, label));
    this.find = this.#makeFind();
    this.found = make("span", { class: "found", role: "status" });
    this.pickFound = this.#makeAct(say("Select these"), () => board.pickFound());
    this.undo = this.#makeAct(say("Undo"), () => runAct(board, "undo"));
    this.redo = this.#makeAct(say("Redo"), () => runAct(board, "redo"));
    this.why = this.#makeAct(say("Say why"), () => sayWhyOfAct(board, board.lastAct));
    this.why.classList.add("say-why");
    this.help = this.#makeAct(say("Help"), () => runAct(board, "help"));
    this.projector = this.#makeAct(say("Projector"), () => window.open(`/screen/${board.options.workshop}`, "_blank", "noopener"));
    this.saved = make("span", { class: "saved" });
    this.picker = make("select", { "aria-label": say("Theme shown"), onchange: () => board.showColumn(this.picker.value) });
    this.element = make(
      "div",
      { class: "toolbar", role: "group", "aria-label": say("Board tools") },
      make("div", { class: "views", role: "group", "aria-label": say("View") }, ...this.views),
      make("div", { class: "finder" }, this.find, this.found, this.pickFound),
      make("div", { class: "doing" }, this.undo, this.redo, board.history.button, board.options.isSeat ? null : board.suggestions.button, this.projector, this.help, this.why),
      this.saved,
      make("div", { class: "picker" }, this.picker),
    );
  }

  /** Show the board's present state in the bar. */
  draw() {
    const { state, layout } = this.board;
    for (const view of this.views) view.setAttribute("aria-pressed", String(view.dataset.layout === layout));
    if (state.may("undo")) {
      this.#drawUndo(this.undo, word("Undo"), word("Nothing to undo"), state.undo);
      this.#drawUndo(this.redo, word("Redo"), word("Nothing to redo"), state.redo);
    } else this.#drawOwnUndo(state.may("undo_own"));
    this.#drawWhy();
    this.#drawFound();
    this.#drawPicker();
    this.projector.hidden = !state.workshop?.may_run;
  }

  /** Say whether all is saved. @param {number} nUnsent @param {boolean} isConnected */
  showSaved(nUnsent, isConnected) {
    const saving = nUnsent === 1 ? say("Saving 1 move…") : say("Saving {count} moves…", { count: nUnsent });
    setText(this.saved, nUnsent > 0 ? saving : isConnected ? say("All saved") : say("Not connected"));
    this.saved.classList.toggle("busy", nUnsent > 0 || !isConnected);
  }

  #drawUndo(button, way, nothing, what) {
    setText(button, say(way));
    button.hidden = false;
    button.setAttribute("aria-disabled", String(!what));
    button.title = what ? `${say(way)}: ${what.said}` : say(nothing);
  }

  /** Keeps its place while there is nothing to say why of, so that nothing moves when there is. */
  #drawWhy() {
    const { state, lastAct } = this.board;
    this.why.hidden = !state.may("comment");
    this.why.classList.toggle("idle", !lastAct);
    this.why.title = lastAct?.said ?? "";
  }

  /** Who does not run the workshop takes back what they did themselves. */
  #drawOwnUndo(isAllowed) {
    setText(this.undo, say("Undo my last move"));
    this.undo.hidden = !isAllowed;
    this.redo.hidden = true;
  }

  #drawFound() {
    const { find, foundIds } = this.board;
    this.pickFound.hidden = !(find.isOn && foundIds.length > 0 && this.board.state.mayMove);
    setText(this.found, find.isOn ? say("{voices} found", { voices: sayVoices(foundIds.length) }) : "");
  }

  #drawPicker() {
    const columns = [...this.board.columns.values()];
    const labels = columns.map(({ key, name, cards }) => [key, `${name} (${this.#count(cards)})${this.#sayOffers(key)}`]);
    const wanted = JSON.stringify(labels);
    if (this.picker.dataset.shown !== wanted) {
      this.picker.dataset.shown = wanted;
      this.picker.replaceChildren(...labels.map(([value, label]) => make("option", { value }, label)));
    }
    this.picker.value = this.board.shownColumn;
  }

  #sayOffers(key) {
    const count = this.board.suggestions.count(key);
    return count > 0 ? `, ${say("{count} suggested", { count })}` : "";
  }

  #count(cards) {
    const { find } = this.board;
    const nFound = cards.filter((card) => find.matches(card)).length;
    return find.isOn ? say("{found} of {count}", { found: nFound, count: cards.length }) : `${cards.length}`;
  }

  #lookFor() {
    this.board.find.lookFor(this.find.value);
    this.board.draw();
  }

  #makeFind() {
    return make("input", {
      type: "search",
      placeholder: say("Find words"),
      "aria-label": say("Find voices by words"),
      autocomplete: "off",
      oninput: () => this.#lookFor(),
    });
  }

  #makeView(name, label) {
    const use = () => this.board.useLayout(name);
    return make("button", { type: "button", "data-layout": name, "aria-pressed": "false", onclick: use }, say(label));
  }

  #makeAct(label, act) {
    return make("button", { type: "button", onclick: act }, label);
  }
}
