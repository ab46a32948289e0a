/** The board's style sheets, wherever it is put. */

import { make } from "./elements.js";

const SHEETS = ["board.css", "cards.css", "dialogs.css", "suggestions.css"];

/**
 * Add the style sheets, and wait until they are there.
 * @param {Element|ShadowRoot|Document} place
 * @returns {Promise<unknown>}
 */
export function addStyles(place) {
  return Promise.all(SHEETS.map((name) => addSheet(place, new URL(name, import.meta.url).href)));
}

function addSheet(place, href) {
  return new Promise((resolve) => {
    const link = make("link", { rel: "stylesheet", href, onload: resolve, onerror: resolve });
    (place instanceof Document ? place.head : place).append(link);
  });
}
