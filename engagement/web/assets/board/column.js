/** One theme as a column (Board) or a section (Outline). Both views are the same list, laid out differently. */

import { make, setText } from "./elements.js";
import { PARKED, UNPLACED } from "./state.js";
import { say, sayStability, sayVoices, word } from "./words.js";

const EMPTY = {
  [UNPLACED]: word("Every voice has a place."),
  [PARKED]: word("Nothing is parked. Park a voice here with a reason."),
};

/**
 * Make the element of a column, empty.
 * @param {string} key
 * @returns {HTMLElement}
 */
export function makeColumn(key) {
  const headingId = `${key}-heading`;
  const button = { type: "button", tabindex: "-1" };
  const folding = { class: "fold", "data-act": "fold", "aria-expanded": "true", "aria-labelledby": headingId };
  const heading = make("h2", { id: headingId, tabindex: "0", dir: "auto" });
  const head = make(
    "div",
    { class: "head" },
    make("button", { ...button, ...folding }),
    make("div", { class: "title" }, heading, make("p", { class: "facts" })),
    make("button", { ...button, class: "more", "data-act": "more" }, "⋯"),
  );
  return make(
    "li",
    { class: "column", "data-column": key },
    head,
    make("button", { ...button, class: "why", "data-act": "why", dir: "auto", hidden: true }),
    make("ul", { class: "cards", role: "list", "aria-labelledby": headingId }),
    make("p", { class: "empty" }),
  );
}

/**
 * Show a column's heading and figures as they are now.
 * @param {HTMLElement} element made by makeColumn
 * @param {object} column from arrangeBoard
 * @param {{nFound: number|null, mayChange: boolean, isOnWall: boolean, why: string}} state
 */
export function updateColumn(element, column, { nFound, mayChange, isOnWall, why }) {
  const heading = element.querySelector("h2");
  setText(heading, column.name);
  heading.title = column.theme?.keywords?.length ? say("People say: {words}", { words: column.theme.keywords.join(", ") }) : "";
  setText(element.querySelector(".facts"), describeColumn(column, nFound, isOnWall));
  const more = element.querySelector(".more");
  more.hidden = !(column.theme && mayChange);
  more.setAttribute("aria-label", say("More to do with {theme}", { theme: column.name }));
  element.classList.toggle("saving", Boolean(column.theme?.saving));
  const reason = element.querySelector(":scope > .why");
  setText(reason, why);
  reason.hidden = why === "";
  const empty = element.querySelector(".empty");
  empty.hidden = column.cards.length + column.echoes.length > 0;
  setText(empty, say(EMPTY[column.key] ?? word("No voices here yet. Move one here.")));
}

function describeColumn(column, nFound, isOnWall) {
  const count = column.cards.length;
  const voices = sayVoices(count);
  const also = column.echoes.length > 0 ? say("{count} also", { count: column.echoes.length }) : "";
  const merged = column.merged.length > 0 ? say("{count} merged in", { count: column.merged.length }) : "";
  const found = nFound === null ? voices : say("{found} of {voices}", { found: nFound, voices });
  const wall = isOnWall ? say("on the wall") : "";
  const origin = column.theme?.origin ? say("from run {number}", { number: column.theme.origin }) : "";
  return [wall, found, also, merged, origin, sayStability(column.theme?.stability)].filter(Boolean).join(" · ");
}
