/** Asking: native dialogs that keep the focus, close with Escape, and give the focus back. */

import { make } from "./elements.js";
import { say } from "./words.js";

/**
 * Open a dialog and wait for its answer.
 * @template T
 * @param {HTMLElement} root where dialogs are put
 * @param {string} title
 * @param {(answer: (value: T) => void) => Node[]} fill makes what stands in it
 * @param {{className?: string, near?: Element|null}} [options]
 * @returns {Promise<T|null>} null when it was closed without an answer
 */
export function openDialog(root, title, fill, { className = "", near = null } = {}) {
  return new Promise((resolve) => {
    let given = null;
    const dialog = make("dialog", { class: className, "aria-labelledby": "dialog-title" });
    const answer = (value) => {
      given = value;
      dialog.close();
    };
    dialog.append(make("h2", { id: "dialog-title", tabindex: "-1" }, title), ...fill(answer));
    dialog.addEventListener("click", (event) => isOutside(dialog, event) && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(given);
    });
    root.append(dialog);
    dialog.showModal();
    if (near) placeNear(dialog, near);
  });
}

/**
 * Ask for one line of words.
 * @param {HTMLElement} root
 * @param {{title: string, label: string, act: string, longest: number,
 *          hint?: string, value?: string, ideas?: string[]}} question
 * @returns {Promise<string|null>}
 */
export function askWords(root, { title, ...question }) {
  return openDialog(root, title, (answer) => [makeWordsForm(question, answer)]);
}

/**
 * Make the form that asks for one line of words.
 * @param {object} question as for askWords, without its title
 * @param {(words: string) => void} answer
 * @returns {HTMLElement}
 */
export function makeWordsForm({ label, hint = "", value = "", act, ideas = [], longest }, answer) {
  const input = makeInput(value, longest);
  const error = make("p", { id: "dialog-error", class: "error", role: "alert" });
  const send = (event) => {
    event.preventDefault();
    const words = input.value.trim();
    if (words) return answer(words);
    error.textContent = say("{label}: type some words first.", { label });
    return input.focus();
  };
  const parts = [
    make("label", { for: "dialog-words" }, label),
    make("p", { id: "dialog-hint", class: "hint" }, hint),
    error,
    input,
    listIdeas(ideas, input),
    makeFoot(make("button", { type: "submit", class: "main" }, act)),
  ];
  return make("form", { method: "dialog", onsubmit: send }, ...parts);
}

/**
 * Ask to confirm.
 * @param {HTMLElement} root
 * @param {{title: string, text: string, act: string}} question
 * @returns {Promise<boolean>}
 */
export async function askConfirm(root, { title, text, act }) {
  const said = await openDialog(root, title, (answer) => [
    make("p", {}, text),
    makeFoot(make("button", { type: "button", class: "main", autofocus: true, onclick: () => answer(true) }, act)),
  ]);
  return said === true;
}

/**
 * Offer acts to choose from.
 * @param {HTMLElement} root
 * @param {string} title
 * @param {{name: string, label: string, key?: string}[]} items
 * @param {Element|null} near
 * @returns {Promise<string|null>} the name of the act
 */
export function openMenu(root, title, items, near) {
  const fill = (answer) => {
    const lines = items.map((item, place) => make("li", {}, makeChoice(item, answer, place === 0)));
    return [make("ul", { class: "menu", role: "list", onkeydown: walkButtons }, ...lines), makeFoot()];
  };
  return openDialog(root, title, fill, { className: "menu-dialog", near });
}

function makeChoice({ name, label, key }, answer, autofocus) {
  const hint = key ? make("kbd", { "aria-hidden": "true" }, key) : null;
  return make("button", { type: "button", autofocus, onclick: () => answer(name) }, label, hint);
}

/** Walk through the buttons of a list with the arrow keys. @param {KeyboardEvent} event */
export function walkButtons(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(event.target);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}

/**
 * Make the foot of a dialog: what can be done, and a way out.
 * @param {Node|null} [button]
 * @param {string} [wayOut]
 */
export function makeFoot(button = null, wayOut = say("Cancel")) {
  const close = make("button", { type: "button", onclick: (event) => event.target.closest("dialog").close() }, wayOut);
  return make("div", { class: "foot" }, button, close);
}

function makeInput(value, longest) {
  return make("input", {
    id: "dialog-words",
    type: "text",
    value,
    maxlength: String(longest),
    autofocus: true,
    autocomplete: "off",
    "aria-describedby": "dialog-hint dialog-error",
  });
}

function listIdeas(ideas, input) {
  if (ideas.length === 0) return null;
  const use = (idea) => {
    input.value = idea;
    input.focus();
  };
  const buttons = ideas.map((idea) => make("button", { type: "button", onclick: () => use(idea) }, idea));
  return make("div", { class: "ideas", role: "group", "aria-label": say("Often used") }, ...buttons);
}

function isOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  const isBeside = event.clientX < box.left || event.clientX > box.right;
  const isAboveOrBelow = event.clientY < box.top || event.clientY > box.bottom;
  // Enter on a button makes a click without a place.
  return event.target === dialog && event.detail > 0 && (isBeside || isAboveOrBelow);
}

function placeNear(dialog, near) {
  const anchor = near.getBoundingClientRect();
  const box = dialog.getBoundingClientRect();
  if (window.innerWidth < 700) return;
  dialog.style.margin = "0";
  dialog.style.left = `${clamp(anchor.right - box.width, window.innerWidth - box.width)}px`;
  dialog.style.top = `${clamp(anchor.bottom + 4, window.innerHeight - box.height)}px`;
}

function clamp(value, most) {
  return Math.max(8, Math.min(value, most - 8));
}
