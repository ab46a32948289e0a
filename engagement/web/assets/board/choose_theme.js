/** "Move to…": choosing a theme from a list that can be filtered, the likely ones first. */

import { make } from "./elements.js";
import { makeFoot, openDialog, walkButtons } from "./dialogs.js";
import { foldWords, say, sayVoices } from "./words.js";

/**
 * Let a person choose a place.
 * @param {HTMLElement} root
 * @param {{title: string, places: {value: string, label: string, count: number|null, mark?: string}[],
 *          likely?: string[], newLabel?: string|null}} question `likely` holds values to put first
 * @returns {Promise<{value: string}|{newName: string}|null>}
 */
export function chooseTheme(root, { title, places, likely = [], newLabel = null }) {
  const suggested = likely.map((value) => places.find((place) => place.value === value)).filter(Boolean);
  const others = places.filter((place) => !suggested.includes(place));
  const fill = (answer) => {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const filter = make("input", { id: "dialog-filter", type: "search", autocomplete: "off", autofocus: !isTouch });
    const list = make("div", { class: "places", onkeydown: walkButtons });
    const draw = () => list.replaceChildren(...listGroups(filter.value, { suggested, others, newLabel, answer }));
    filter.addEventListener("input", draw);
    filter.addEventListener("keydown", (event) => useFilterKey(event, list));
    draw();
    return [make("label", { for: "dialog-filter" }, say("Find a theme")), filter, list, makeFoot()];
  };
  return openDialog(root, title, fill, { className: "choose" });
}

function useFilterKey(event, list) {
  const first = list.querySelector("button");
  if (event.key === "ArrowDown") first?.focus();
  else if (event.key === "Enter") first?.click();
  else return;
  event.preventDefault();
}

function listGroups(filter, { suggested, others, newLabel, answer }) {
  const wanted = foldWords(filter.trim());
  const isShown = (place) => foldWords(place.label).includes(wanted);
  const groups = [
    makeGroup(say("Suggested"), suggested.filter(isShown), answer),
    makeGroup(suggested.length > 0 ? say("All others") : "", others.filter(isShown), answer),
    newLabel ? makeNew(filter.trim(), newLabel, answer) : null,
  ];
  const shown = groups.filter(Boolean);
  return shown.length > 0 ? shown : [make("p", { class: "hint" }, say("No theme has these words."))];
}

function makeGroup(name, places, answer) {
  if (places.length === 0) return null;
  const items = places.map((place) => make("li", {}, makePlace(place, answer)));
  const list = make("ul", { class: "menu", role: "list", "aria-label": name || null }, ...items);
  return make("div", {}, name ? make("p", { class: "group" }, name) : null, list);
}

function makePlace({ value, label, count, mark }, answer) {
  const facts = [mark, count === null ? "" : sayVoices(count)].filter(Boolean).join(" · ");
  return make(
    "button",
    { type: "button", onclick: () => answer({ value }) },
    make("span", { dir: "auto" }, label),
    make("span", { class: "facts" }, facts),
  );
}

function makeNew(name, newLabel, answer) {
  const label = name ? say("New theme called “{name}”", { name }) : newLabel;
  const button = make("button", { type: "button", onclick: () => answer({ newName: name }) }, `+ ${label}`);
  return make("ul", { class: "menu", role: "list" }, make("li", {}, button));
}
