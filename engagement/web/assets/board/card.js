/** One voice as a card. */

import { make, setText } from "./elements.js";
import { say } from "./words.js";

/**
 * Make the element of a card, empty.
 * @param {string} key `card-ID`, or `echo-ID-THEME` for a voice that also stands in another theme
 * @param {number} id
 * @param {boolean} isEcho
 * @returns {HTMLElement}
 */
export function makeCard(key, id, isEcho) {
  const quoteId = `${key}-words`;
  const card = make(
    "article",
    { class: "card", tabindex: "-1", "data-id": id, "aria-labelledby": quoteId },
    make("p", { class: "quote", id: quoteId, dir: "auto" }),
    make("p", { class: "translation", lang: "en", dir: "auto", hidden: true }),
    make("p", { class: "where" }),
    make("p", { class: "note", hidden: true }),
    make("button", { type: "button", class: "why", tabindex: "-1", "data-act": "why", dir: "auto", hidden: true }),
    make("p", { class: "held", dir: "auto", hidden: true }),
    makeTools(id, isEcho),
    isEcho ? null : make("span", { class: "grip", "aria-hidden": "true", title: say("Drag to another theme") }, "⠿"),
  );
  return make("li", { class: isEcho ? "slot echo" : "slot", "data-key": key }, card);
}

/** What each slot shows already: most cards stay as they are when one is moved. */
const shown = new WeakMap();

/**
 * Show a card as it is now.
 * @param {HTMLElement} slot made by makeCard
 * @param {object} card
 * @param {{note: string, why: string, held: string, isPicked: boolean, mayMove: boolean}} state
 */
export function updateCard(slot, card, state) {
  const before = shown.get(slot);
  if (before?.card === card && Object.keys(state).every((name) => before.state[name] === state[name])) return;
  shown.set(slot, { card, state });
  drawCard(slot, card, state);
}

function drawCard(slot, card, { note, why, held, isPicked, mayMove }) {
  showWords(slot, card);
  showNote(slot.querySelector(".note"), note);
  showNote(slot.querySelector(".why"), why);
  showNote(slot.querySelector(".held"), held);
  slot.firstChild.classList.toggle("in-hand", held !== "");
  slot.firstChild.classList.toggle("picked", isPicked);
  slot.firstChild.classList.toggle("saving", Boolean(card.saving));
  for (const tool of slot.querySelectorAll(".tools, .grip")) tool.hidden = !mayMove;
  const pick = slot.querySelector(".pick input");
  if (pick && pick.checked !== isPicked) pick.checked = isPicked;
}

function showWords(slot, card) {
  const quote = slot.querySelector(".quote");
  if (quote.dataset.shown) return;
  quote.dataset.shown = "yes";
  quote.textContent = card.text;
  if (card.language) quote.lang = card.language;
  if (card.translation) {
    showNote(slot.querySelector(".translation"), say("In English: {words}", { words: card.translation }));
  }
  setText(slot.querySelector(".where"), [card.where, card.prompt].filter(Boolean).join(" · "));
}

function showNote(element, text) {
  setText(element, text);
  element.hidden = text === "";
}

function makeTools(id, isEcho) {
  const saving = make("span", { class: "state" }, say("Saving…"));
  if (isEcho) return make("div", { class: "tools" }, makeButton("echo", say("Also in…")), saving);
  const pick = make("input", { type: "checkbox", tabindex: "-1", "aria-labelledby": `pick-${id} card-${id}-words` });
  return make(
    "div",
    { class: "tools" },
    make("label", { class: "pick" }, pick, make("span", { id: `pick-${id}` }, say("Select"))),
    makeButton("move", say("Move to…")),
    makeButton("more", "⋯", say("More to do with this voice")),
    saving,
  );
}

function makeButton(act, text, label = null) {
  return make("button", { type: "button", tabindex: "-1", "data-act": act, "aria-label": label, title: label }, text);
}
