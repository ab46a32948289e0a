/** Clicks and taps: one listener for the whole board instead of one for each button. */

import { runAct } from "./acts.js";

/** Listen to clicks on cards and columns. @param {import("./board.js").Board} board */
export function listenToClicks(board) {
  board.view.list.addEventListener("click", (event) => useClick(board, event));
  board.view.list.addEventListener("change", (event) => usePick(board, event));
}

function useClick(board, event) {
  const button = event.target.closest("button[data-act]");
  if (button?.dataset.act === "fold") return board.foldColumn(button.closest(".column"));
  if (button) return runAct(board, button.dataset.act, { ...board.findTarget(button), near: button });
  const card = event.target.closest(".card");
  if (!card || event.target.closest("label, input") || !board.state.mayMove) return undefined;
  card.focus({ preventScroll: true });
  if (event.shiftKey) return stretch(board, card);
  return event.ctrlKey || event.metaKey ? board.toggle(Number(card.dataset.id)) : undefined;
}

function usePick(board, event) {
  if (!event.target.matches(".pick input")) return;
  board.toggle(Number(event.target.closest(".card").dataset.id));
}

function stretch(board, card) {
  const cards = card.closest(".column").querySelectorAll(".slot:not([hidden]):not(.echo) > .card");
  board.selection.stretchTo(Number(card.dataset.id), Array.from(cards, (other) => Number(other.dataset.id)));
}
