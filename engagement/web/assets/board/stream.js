/** Reading Server-Sent Events with fetch, so that the token can stand in a header and in no address. */

/** The server says something at least every 15 seconds: a longer silence is a dead line. */
const LONGEST_SILENCE_MS = 40_000;

/**
 * Read events until the stream ends, breaks or is stopped.
 * @param {ReadableStream<Uint8Array>} body
 * @param {{onEvent: (event: object) => void, onRoom: (room: object) => void, onHands: (hands: object[]) => void, onReload: () => void}} ears
 *   what to do with a move, with what the room is doing, with cards in the hand, and when the
 *   cards or the board itself changed otherwise
 * @param {AbortController} stop
 */
export async function readStream(body, ears, stop) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const alarm = setTimeout(() => stop.abort(), LONGEST_SILENCE_MS);
    const { value, done } = await reader.read().finally(() => clearTimeout(alarm));
    if (done) return;
    const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) readBlock(block, ears);
  }
}

function readBlock(block, { onEvent, onRoom, onHands, onReload }) {
  const lines = block.split("\n");
  if (lines.includes("event: reload")) onReload();
  const data = lines
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5).trimStart());
  if (data.length === 0) return;
  const told = JSON.parse(data.join("\n"));
  if (lines.includes("event: room")) onRoom(told);
  else if (lines.includes("event: hands")) onHands(told);
  else onEvent(told);
}
