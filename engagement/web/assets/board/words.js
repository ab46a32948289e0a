/** How the board says things: in the chosen language, counts, stability, times. */

let chosen = {};

/** Say everything in these words from now on. @param {Object<string, string>} [words] by the English ones */
export function useWords(words = {}) {
  chosen = words;
}

/**
 * Say English words in the chosen language, with values put in; what is not translated stays English.
 * @param {string} english
 * @param {Object<string, unknown>} [values]
 * @returns {string}
 */
export function say(english, values = {}) {
  return (chosen[english] ?? english).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Mark English words that are said later. @param {string} english @returns {string} */
export function word(english) {
  return english;
}

/**
 * Say why the server refused something, in the chosen language where it is known there.
 * @param {{error?: string, key?: string, values?: Object<string, string>}} refusal
 * @returns {string|undefined}
 */
export function sayRefusal({ error, key, values }) {
  return chosen[key] ? say(key, values) : error;
}

/** Say how many voices. @param {number} count @returns {string} */
export function sayVoices(count) {
  return count === 1 ? say("1 voice") : say("{count} voices", { count });
}

/**
 * Say how well a candidate theme held together.
 * @param {number|null} stability from 0 to 1
 * @returns {string}
 */
export function sayStability(stability) {
  if (stability === null || stability === undefined) return "";
  return say("holds together in {count} of 10 runs", { count: Math.round(stability * 10) });
}

/** Say when, with the day only where it is not today. @param {string} at ISO time @returns {string} */
export function sayTime(at) {
  const when = new Date(at);
  const time = when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (when.toDateString() === new Date().toDateString()) return time;
  const day = when.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  return `${day}, ${time}`;
}

/**
 * Bring words to a form in which they can be compared: small letters, no accents.
 * @param {string} text
 * @returns {string}
 */
export function foldWords(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Shorten words for a button or a message. @param {string} text @param {number} [most] @returns {string} */
export function shorten(text, most = 60) {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
