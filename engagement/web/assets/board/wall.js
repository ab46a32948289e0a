/** The wall: hold a theme up on the projector, or show the whole board there again. */

import { say, sayRefusal } from "./words.js";

/** Tell whether a theme is held up now. @param {import("./state.js").BoardState} state @param {object|null} theme */
export function isOnWall({ room }, theme) {
  return Boolean(theme) && room?.wall?.shows === "theme" && room.wall.theme === theme.id;
}

/** Tell whether the wall shows something else than the whole board. @param {import("./state.js").BoardState} state */
export function isWallTaken({ room }) {
  return Boolean(room?.wall) && room.wall.shows !== "board";
}

/** Show a theme on the wall. @param {import("./board.js").Board} board @param {object} column */
export function showOnWall(board, column) {
  return holdUp(board, column.theme.id, say("“{theme}” is on the wall.", { theme: column.name }));
}

/** Show the whole board on the wall again. @param {import("./board.js").Board} board */
export function showWholeBoard(board) {
  return holdUp(board, null, say("The whole board is on the wall again."));
}

async function holdUp(board, theme, said) {
  const { status, body } = await board.sync.line.send("wall", { theme });
  if (status === 200) {
    board.seeRoom({ ...board.state.room, wall: body }, Boolean(board.options.isSeat));
    board.announcer.say(said);
  } else board.announcer.say(sayRefusal(body) ?? say("The wall could not be reached. Try again once the board is connected."));
}
