/** Scrolling while something is dragged near an edge. */

const EDGE_PX = 56;
const FASTEST_PX = 18;

/**
 * Scroll the board sideways, and the column under the pointer up and down, while the pointer is near an edge.
 * @param {HTMLElement} list the row of columns
 * @param {() => {x: number, y: number, column: HTMLElement|null}} readPointer
 * @returns {() => void} stops it
 */
export function scrollNearEdges(list, readPointer) {
  let frame = requestAnimationFrame(step);
  function step() {
    const { x, y, column } = readPointer();
    const box = list.getBoundingClientRect();
    list.scrollLeft += findSpeed(x, box.left, box.right);
    const upright = column && column.scrollHeight > column.clientHeight ? column : list;
    const frameBox = upright.getBoundingClientRect();
    upright.scrollTop += findSpeed(y, frameBox.top, frameBox.bottom);
    frame = requestAnimationFrame(step);
  }
  return () => cancelAnimationFrame(frame);
}

function findSpeed(at, low, high) {
  if (at < low + EDGE_PX) return -Math.min(1, (low + EDGE_PX - at) / EDGE_PX) * FASTEST_PX;
  if (at > high - EDGE_PX) return Math.min(1, (at - high + EDGE_PX) / EDGE_PX) * FASTEST_PX;
  return 0;
}
