/** The size of a board: the height that is left in the window, and one column only where it is narrow. */

const NARROW_PX = 700;
const LEAST_HEIGHT_PX = 460;

export class Size {
  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(board.root);
    window.addEventListener("resize", this.measure);
  }

  /** Take measure again. */
  measure = () => {
    const { board } = this;
    const { root } = board;
    board.isNarrow = root.clientWidth < NARROW_PX;
    root.toggleAttribute("data-narrow", board.isNarrow);
    const top = board.view.list.getBoundingClientRect().top - root.getBoundingClientRect().top;
    root.style.setProperty("--columns-height", `${Math.max(LEAST_HEIGHT_PX, this.#findRoom() - top)}px`);
  };

  /** Stop. */
  close() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.measure);
  }

  #findRoom() {
    const { root } = this.board;
    let { top } = root.getBoundingClientRect();
    for (let around = root; around; around = around.parentElement ?? around.getRootNode().host) top += around.scrollTop;
    return window.innerHeight - Math.min(top, window.innerHeight / 2) - 24;
  }
}
