/** Light or dark: follow the page around the board, or the device where the page says nothing. */

/**
 * Tell whether the board should be dark.
 * @param {Element} root the board itself, where it is shown
 * @returns {boolean}
 */
export function isDark(root) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  if (!background) return matchMedia("(prefers-color-scheme: dark)").matches;
  const probe = document.createElement("i");
  probe.style.color = background;
  root.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}
