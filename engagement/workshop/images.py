"""Cards and themes as they stand on a board at one moment: what events keep before and after each move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.listen.duplicates.aside import stands
from models.voices import Voice
from models.workshops import Echo, Placement, Theme, Workshop


@dataclass(frozen=True)
class CardImage:
    """Where one voice stands: in its home theme, parked with a reason, or neither; also where it echoes."""

    id: int
    home: int | None = None
    parked: str | None = None
    echoes: tuple[int, ...] = ()


@dataclass(frozen=True)
class ThemeImage:
    """One theme, without its cards."""

    id: int
    name: str
    position: int
    merged_into: int | None = None
    removed: bool = False


@dataclass(frozen=True)
class BoardImages:
    """Some cards and themes of a board, as an event keeps them."""

    cards: tuple[CardImage, ...] = ()
    themes: tuple[ThemeImage, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give what the record keeps."""
        return {
            "cards": [{**asdict(card), "echoes": list(card.echoes)} for card in self.cards],
            "themes": [asdict(theme) for theme in self.themes],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> BoardImages:
        """Read back what the record kept."""
        cards = tuple(CardImage(**{**card, "echoes": tuple(card["echoes"])}) for card in kept["cards"])
        return cls(cards, tuple(ThemeImage(**theme) for theme in kept["themes"]))


@dataclass
class BoardNow:
    """A board in the middle of a writing session: all its themes, and the cards that were taken up.

    ``card_versions`` and ``theme_versions`` give the number of the last event that touched each.
    """

    session: Session
    workshop: Workshop
    themes: dict[int, ThemeImage] = field(default_factory=dict)
    theme_versions: dict[int, int] = field(default_factory=dict)
    cards: dict[int, CardImage] = field(default_factory=dict)
    card_versions: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = (Theme.id, Theme.name, Theme.position, Theme.merged_into_id, Theme.is_removed)
        query = select(*columns, Theme.version).where(Theme.workshop_id == self.workshop.id)
        for row in self.session.execute(query.order_by(Theme.position, Theme.id)):
            self.themes[row.id] = ThemeImage(
                row.id, row.name, row.position, row.merged_into_id, row.is_removed
            )
            self.theme_versions[row.id] = row.version

    def live_themes(self) -> tuple[ThemeImage, ...]:
        """List the themes that were not removed, merged ones too."""
        return tuple(theme for theme in self.themes.values() if not theme.removed)

    def find_root(self, theme_id: int | None) -> int | None:
        """Follow merges to the theme under which the board shows this one."""
        while theme_id is not None and (above := self.themes[theme_id].merged_into) is not None:
            theme_id = above
        return theme_id

    def list_group(self, root_id: int) -> tuple[ThemeImage, ...]:
        """List a shown theme and all that are merged into it."""
        return tuple(theme for theme in self.live_themes() if self.find_root(theme.id) == root_id)

    def get_theme_or_raise(self, theme_id: int) -> ThemeImage:
        """Give a theme that stands on the board, merged or not.

        Raises
        ------
        EngagementError
            When this board has no such theme, or it was removed.
        """
        theme = self.themes.get(theme_id)
        if theme is None:
            raise EngagementError("That theme is not on this board. Reload the page to see what is.")
        if theme.removed:
            raise EngagementError("The theme “{name}” was removed. Choose another theme.", name=theme.name)
        return theme

    def get_shown_theme(self, theme_id: int) -> ThemeImage:
        """Give the theme under which the board shows this one.

        Raises
        ------
        EngagementError
            When this board has no such theme, or it was removed.
        """
        root = self.find_root(self.get_theme_or_raise(theme_id).id)
        return self.themes[root if root is not None else theme_id]

    def make_theme(self, name: str) -> ThemeImage:
        """Add the row of a new theme; it stands on the board when a change says that it is not removed."""
        position = max((theme.position for theme in self.themes.values()), default=-1) + 1
        values = {"workshop_id": self.workshop.id, "name": name, "position": position, "is_removed": True}
        theme_id = self.session.execute(insert(Theme).values(**values).returning(Theme.id)).scalar_one()
        theme = ThemeImage(theme_id, name, position, removed=True)
        self.themes[theme_id], self.theme_versions[theme_id] = theme, 0
        return theme

    def take_cards(self, voice_ids: Iterable[int]) -> tuple[CardImage, ...]:
        """Take up cards that people can see, in the order asked, each once.

        Raises
        ------
        EngagementError
            When a voice is not of this engagement, was withdrawn, or counts with another one.
        """
        wanted = list(dict.fromkeys(voice_ids))
        query = (
            select(Voice.id)
            .where(Voice.id.in_(wanted), Voice.engagement_id == self.workshop.engagement_id)
            .where(stands(Voice.id))
        )
        n_missing = len(wanted) - len(self.session.scalars(query).all())
        if n_missing:
            raise EngagementError(
                f"{count_voices(n_missing)} of these {'is' if n_missing == 1 else 'are'} not on the board "
                "(any more). Reload the page to see what is, and move the others."
            )
        return self.load_cards(wanted)

    def load_cards(self, voice_ids: Sequence[int]) -> tuple[CardImage, ...]:
        """Take up cards by their voices, withdrawn or not."""
        missing = [voice_id for voice_id in voice_ids if voice_id not in self.cards]
        if missing:
            self._read_cards(missing)
        return tuple(self.cards[voice_id] for voice_id in voice_ids)

    def _read_cards(self, missing: Sequence[int]) -> None:
        echoes = defaultdict(list)
        for voice_id, theme_id in self.session.execute(
            select(Echo.voice_id, Echo.theme_id)
            .where(Echo.workshop_id == self.workshop.id, Echo.voice_id.in_(missing))
            .order_by(Echo.theme_id)
        ):
            echoes[voice_id].append(theme_id)
        placed = {
            voice_id: (home, parked, version)
            for voice_id, home, parked, version in self.session.execute(
                select(
                    Placement.voice_id, Placement.theme_id, Placement.parked_reason, Placement.version
                ).where(Placement.workshop_id == self.workshop.id, Placement.voice_id.in_(missing))
            )
        }
        for voice_id in missing:
            home, parked, version = placed.get(voice_id, (None, None, None))
            self.cards[voice_id] = CardImage(voice_id, home, parked, tuple(echoes[voice_id]))
            if version is not None:
                self.card_versions[voice_id] = version

    def load_cards_of(self, theme_ids: Sequence[int]) -> tuple[CardImage, ...]:
        """Take up every card that has its home or an echo in one of these themes."""
        homes = select(Placement.voice_id).where(
            Placement.workshop_id == self.workshop.id, Placement.theme_id.in_(theme_ids)
        )
        echoes = select(Echo.voice_id).where(
            Echo.workshop_id == self.workshop.id, Echo.theme_id.in_(theme_ids)
        )
        return self.load_cards(sorted(set(self.session.scalars(homes.union(echoes)))))

    def write(self, after: BoardImages, seq: int) -> None:
        """Make the touched cards and themes stand as ``after`` says, at version ``seq``."""
        self._write_placements(after.cards, seq)
        self._write_echoes(after.cards)
        if after.themes:
            self.session.execute(update(Theme), [_write_theme(theme, seq) for theme in after.themes])

    def _write_placements(self, cards: Sequence[CardImage], seq: int) -> None:
        rows = [
            {
                "workshop_id": self.workshop.id,
                "voice_id": card.id,
                "theme_id": card.home,
                "parked_reason": card.parked,
                "version": seq,
            }
            for card in cards
        ]
        known = [row for row in rows if row["voice_id"] in self.card_versions]
        new = [row for row in rows if row["voice_id"] not in self.card_versions]
        if known:
            self.session.execute(update(Placement), known)
        if new:
            self.session.execute(insert(Placement), new)

    def _write_echoes(self, cards: Sequence[CardImage]) -> None:
        changed = [card for card in cards if card.echoes != self.cards[card.id].echoes]
        if not changed:
            return
        self.session.execute(
            delete(Echo).where(
                Echo.workshop_id == self.workshop.id, Echo.voice_id.in_([card.id for card in changed])
            )
        )
        rows = [
            {"workshop_id": self.workshop.id, "voice_id": card.id, "theme_id": theme_id}
            for card in changed
            for theme_id in card.echoes
        ]
        if rows:
            self.session.execute(insert(Echo), rows)


def count_voices(count: int) -> str:
    """Say a number of voices in words."""
    return "1 voice" if count == 1 else f"{count:,} voices"


def _write_theme(theme: ThemeImage, seq: int) -> dict[str, Any]:
    return {
        "id": theme.id,
        "name": theme.name,
        "position": theme.position,
        "merged_into_id": theme.merged_into,
        "is_removed": theme.removed,
        "version": seq,
    }
