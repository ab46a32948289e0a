/** Light or dark: follow the page around the board, or the device where the page says nothing. */

const DARK = "(prefers-color-scheme: dark)";

/** The look of a board: as its surroundings are when it is put there, and when the device changes later. */
export class Look {
  /** @param {Element} root the board itself, where it is shown */
  constructor(root) {
    this.root = root;
    this.media = matchMedia(DARK);
    this.onChange = () => this.follow();
    this.media.addEventListener("change", this.onChange);
    this.follow();
  }

  /** Take the look of what is around the board now. */
  follow() {
    this.root.dataset.look = isDark(this.root) ? "dark" : "light";
  }

  /** Follow no longer. */
  close() {
    this.media.removeEventListener("change", this.onChange);
  }
}

/**
 * Tell whether the board should be dark.
 * @param {Element} root the board itself, where it is shown
 * @returns {boolean}
 */
function isDark(root) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  if (!background) return matchMedia(DARK).matches;
  const probe = document.createElement("i");
  probe.style.color = background;
  root.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}
