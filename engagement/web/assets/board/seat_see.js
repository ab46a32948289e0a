/** What a seat sees of the live board: all of it, the cards of its own table, or one theme. The server keeps it. */

const THEME = /^theme-(\d+)$/;
const TABLE = /^table-(\d+)$/;

export class Seeing {
  #unkept = null;
  #isFollowed = false;
  #themes = "";

  /**
   * @param {string} chosen "whole", "table" (mine) or "theme-12", as the server has kept it
   * @param {{table: string, whole: string}} words
   */
  constructor(chosen, words) {
    this.chosen = chosen;
    this.words = words;
    this.picker = document.getElementById("see-what");
    this.wayBack = document.getElementById("see-whole");
    this.folding = document.getElementById("see");
    this.picker.form.addEventListener("submit", (event) => this.#take(event, this.picker.value));
    this.wayBack.addEventListener("submit", (event) => this.#take(event, "whole"));
    window.addEventListener("online", () => this.#unkept && this.#keep(this.#unkept));
  }

  /**
   * Leave out the cards that are not to be seen.
   * @param {{cards: Map<number, object>, themes: Map<number, object>}} shown
   * @param {import("./state.js").BoardState} state
   * @returns {{cards: Map<number, object>, themes: Map<number, object>}}
   */
  narrow(shown, { room, workshop }) {
    this.table = Number(TABLE.exec(this.chosen)?.[1] ?? workshop.table);
    this.isTable = this.chosen.startsWith("table") && this.table > 0 && Object.keys(room.tables).length > 0;
    if (!this.isTable) return shown;
    const own = [...shown.cards].filter(([, card]) => room.tables[card.source] === this.table);
    this.counts = { number: this.table, shown: own.length, all: shown.cards.size };
    return { ...shown, cards: new Map(own) };
  }

  /** Follow the board after it was drawn: its themes, and the one that is seen alone. @param {object} board */
  follow(board) {
    this.board = board;
    this.#listThemes(board);
    const id = THEME.exec(this.chosen)?.[1];
    const key = id ? board.findShownKey(Number(id)) : null;
    if (id && key !== this.chosen) this.chosen = key ?? "whole";
    if (key && (!this.#isFollowed || board.shownColumn === null)) board.showColumn(key);
    this.#isFollowed = true;
    board.root.toggleAttribute("data-one", Boolean(key));
    this.#say(key ? board.columns.get(board.shownColumn).name : this.isTable ? fill(this.words.table, this.counts) : this.words.whole);
    this.wayBack.hidden = !key && !this.isTable;
  }

  /** Another column is shown: where one theme is seen alone, that is the one from now on. @param {string} key */
  seeColumn(key) {
    if (!THEME.test(this.chosen)) return;
    if (THEME.test(key) && key !== this.chosen) {
      this.chosen = key;
      this.#keep(key);
    }
    this.#say(this.board.columns.get(key).name);
  }

  #take(event, chosen) {
    event.preventDefault();
    this.chosen = chosen;
    this.#isFollowed = false;
    this.folding.open = false;
    this.board.draw();
    this.folding.querySelector("summary").focus();
    this.board.announcer.say(document.getElementById("see-said").textContent);
    this.#keep(chosen);
  }

  /** Let the server keep it, so that a refresh shows the same; without a line, once the line is back. */
  async #keep(chosen) {
    this.#unkept = chosen;
    const body = new URLSearchParams({ see: chosen });
    try {
      const answer = await fetch(this.picker.form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
      if (answer.type !== "opaqueredirect") return location.reload();
      if (this.#unkept === chosen) this.#unkept = null;
    } catch {
      // No line: the listener for "online" sends it again.
    }
    return undefined;
  }

  #listThemes(board) {
    const themes = [...board.columns.values()].filter(({ theme }) => theme);
    const now = JSON.stringify([this.chosen, ...themes.map(({ key, name }) => [key, name])]);
    if (now === this.#themes || document.activeElement === this.picker) return;
    this.#themes = now;
    document.getElementById("see-themes").replaceChildren(...themes.map(({ key, name }) => new Option(name, key)));
    this.picker.value = this.isTable ? `table-${this.table}` : this.chosen;
  }

  #say(words) {
    const said = document.getElementById("see-said");
    if (said.textContent !== words) said.textContent = words;
  }
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}
