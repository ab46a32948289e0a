/** What unsent moves will probably do, shown until the server has answered. */

const PREDICTIONS = {
  move: (move, shown) => patchCards(shown, move.voices, { home: move.to, parked: null }),
  park: (move, shown) => patchCards(shown, move.voices, { home: null, parked: move.reason, echoes: [] }),
  echo: (move, shown) => {
    for (const id of move.voices) patchCards(shown, [id], { echoes: changeEchoes(shown.cards.get(id), move) });
  },
  add_theme: (move, shown) => patchCards(shown, move.voices ?? [], {}),
  rename: (move, shown) => patchTheme(shown, move.theme, { name: move.name }),
  merge: (move, shown) => patchTheme(shown, move.theme, { merged_into: move.into }),
  unmerge: (move, shown) => patchTheme(shown, move.theme, { merged_into: null }),
};

/**
 * Lay moves that are not yet answered over the state.
 * @param {import("./state.js").BoardState} state
 * @param {object[]} moves in the order in which they were made
 * @returns {{cards: Map<number, object>, themes: Map<number, object>}}
 */
export function predictBoard(state, moves) {
  const shown = { cards: state.cards, themes: state.themes };
  if (moves.length === 0) return shown;
  shown.cards = new Map(state.cards);
  shown.themes = new Map(state.themes);
  for (const move of moves) PREDICTIONS[move.kind]?.(move, shown);
  return shown;
}

function patchCards(shown, ids, patch) {
  for (const id of ids) {
    const card = shown.cards.get(id);
    if (card) shown.cards.set(id, { ...card, ...patch, version: Infinity, saving: true });
  }
}

function patchTheme(shown, id, patch) {
  const theme = shown.themes.get(id);
  if (theme) shown.themes.set(id, { ...theme, ...patch, saving: true });
}

function changeEchoes(card, move) {
  const others = (card?.echoes ?? []).filter((id) => id !== move.theme);
  return move.on ? [...others, move.theme] : others;
}
