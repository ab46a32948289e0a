"""Double theming that is finished: how far people, the second person and the machine agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.theming_runs.agreeing import AgreementView, compare_answers
from engagement.workshop.second_people import SecondPerson, describe_self
from engagement.workshop.themed_twice import SampleView, ThemedTwice, list_samples, list_themed_twice

NONE_OF_THESE = "None of these"


@dataclass(frozen=True)
class Difference:
    """Voices that people put into one theme and the second person into another."""

    people: str
    second: str
    n_voices: int


@dataclass(frozen=True)
class SecondReading:
    """What one second person found in one sample. ``machine`` comparisons are None on an unsorted board."""

    sample: SampleView
    second: SecondPerson
    people_second: AgreementView
    machine_second: AgreementView | None
    machine_people: AgreementView | None
    differences: tuple[Difference, ...]
    voices: tuple[ThemedTwice, ...]

    @property
    def comparisons(self) -> tuple[tuple[str, AgreementView], ...]:
        """List who is compared with whom, and how far they agree."""
        compared = (
            ("The board and the second person", self.people_second),
            ("The machine and the second person", self.machine_second),
            ("The machine and the board", self.machine_people),
        )
        return tuple((who, view) for who, view in compared if view is not None)

    def name_theme(self, theme_id: int | None) -> str:
        """Give the name of a theme as it was when the sample was drawn."""
        return next((each.name for each in self.sample.themes if each.id == theme_id), NONE_OF_THESE)


def list_readings(session: Session, person: Person, workshop_id: int) -> tuple[SecondReading, ...]:
    """List what second people found, finished ones only, the newest sample first.

    Whoever is in the middle of a sample does not get the others' reading of it.
    """
    return tuple(
        read_second(session, person, sample, second)
        for sample in list_samples(session, person, workshop_id)
        if not _is_half_way(session, person, sample.id)
        for second in sample.people
        if second.is_done
    )


def read_second(session: Session, person: Person, sample: SampleView, second: SecondPerson) -> SecondReading:
    """Compare what one second person found with the board and with the machine.

    Raises
    ------
    EngagementError
        When somebody has to finish first.
    """
    voices = list_themed_twice(session, person, sample.id, second)
    ids = [theme.id for theme in sample.themes]
    was_dealt = any(each.machine_id is not None for each in voices)
    by_machine = [(each.machine_id, each.second_id) for each in voices]
    on_board = [(each.machine_id, each.people_id) for each in voices]
    return SecondReading(
        sample,
        second,
        compare_answers("Two people", [(each.people_id, each.second_id) for each in voices], ids),
        compare_answers("The machine and the second person", by_machine, ids) if was_dealt else None,
        compare_answers("The machine and the board", on_board, ids) if was_dealt else None,
        _list_differences(sample, voices),
        voices,
    )


def _is_half_way(session: Session, person: Person, sample_id: int) -> bool:
    own = describe_self(session, person, sample_id)
    return own.n_answered > 0 and not own.is_done


def _list_differences(sample: SampleView, voices: Sequence[ThemedTwice]) -> tuple[Difference, ...]:
    names = {theme.id: theme.name for theme in sample.themes}
    apart = Counter(
        (names.get(each.people_id, NONE_OF_THESE), names.get(each.second_id or 0, NONE_OF_THESE))
        for each in voices
        if each.people_id != each.second_id
    )
    ranked = sorted(apart.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Difference(people, second, n) for (people, second), n in ranked)
