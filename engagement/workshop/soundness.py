"""Whether a board would still hold together if some of its cards and themes stood otherwise.

A plain move is checked when it is planned. What brings back images from before, or from another board, is
checked here: much may have happened in between.
"""

from __future__ import annotations

from collections.abc import Mapping

from engagement.workshop.images import BoardImages, BoardNow, ThemeImage, count_voices


def find_unsound(board: BoardNow, after: BoardImages) -> str | None:
    """Find what would not hold together, as the rest of a sentence; None when all would.

    Names of themes stay their own, a merge leads to a theme that stands, every card has its home and echoes
    in themes that stand, and a theme that goes leaves no card behind.
    """
    themes = {**board.themes, **{theme.id: theme for theme in after.themes}}
    return (
        _find_taken_name(themes, after)
        or _find_lost_merge(themes)
        or _find_lost_card(themes, after)
        or _find_left_behind(board, after)
    )


def _find_taken_name(themes: Mapping[int, ThemeImage], after: BoardImages) -> str | None:
    touched = {theme.id for theme in after.themes if not theme.removed}
    names: dict[str, int] = {}
    for theme in themes.values():
        if theme.removed:
            continue
        other = names.setdefault(theme.name.casefold(), theme.id)
        if other != theme.id and {other, theme.id} & touched:
            return f"there is another theme called “{theme.name}” now"
    return None


def _find_lost_merge(themes: Mapping[int, ThemeImage]) -> str | None:
    for theme in themes.values():
        if theme.removed or theme.merged_into is None:
            continue
        above = themes[theme.merged_into]
        if above.removed:
            return f"“{above.name}”, which “{theme.name}” is merged into, is removed"
        if _goes_in_circles(themes, theme):
            return f"“{theme.name}” and “{above.name}” would be merged into each other"
    return None


def _goes_in_circles(themes: Mapping[int, ThemeImage], theme: ThemeImage) -> bool:
    for _step in range(len(themes)):
        if theme.merged_into is None:
            return False
        theme = themes[theme.merged_into]
    return True


def _find_lost_card(themes: Mapping[int, ThemeImage], after: BoardImages) -> str | None:
    for card in after.cards:
        for theme_id in (card.home, *card.echoes):
            if theme_id is not None and themes[theme_id].removed:
                return f"the theme “{themes[theme_id].name}” is removed"
    return None


def _find_left_behind(board: BoardNow, after: BoardImages) -> str | None:
    held = {card.id for card in after.cards}
    for theme in after.themes:
        if theme.removed and not board.themes[theme.id].removed:
            n_left = sum(card.id not in held for card in board.load_cards_of([theme.id]))
            if n_left:
                verb = "stands" if n_left == 1 else "stand"
                return f"{count_voices(n_left)} {verb} in “{theme.name}” by now"
    return None
