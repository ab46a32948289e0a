"""The method card in plain words and plain lines, for screens, documents and the transparency record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engagement.answer.method_card import MethodCard
from engagement.answer.second_readings import SecondReading
from engagement.plan.due_dates import write_date
from engagement.workshop.changes_made import Fate, Move

NOT_NOTED = "The steps were not noted when this was made."
LIMITS = (
    "The machine knows nothing of your city. It misses irony, and it reads English best. It cannot say what "
    "matters most. That is why people decide, on the board."
)
SURE_IN_10 = 10


def list_steps(card: MethodCard) -> tuple[tuple[str, str], ...]:
    """List what the machine did, step by step, as the run itself wrote it down."""
    steps = card.run.card.get("steps") or []
    return tuple((str(name), str(words)) for name, words in steps) or (("Group", NOT_NOTED),)


def describe_input(card: MethodCard) -> str:
    """Say how many voices went in and how many were set aside."""
    return (
        f"{_count(card.run.n_voices, 'voice')} from {_count(card.n_sources, 'source')} went in; "
        f"{card.run.n_set_aside:,} said nothing and were set aside; {card.n_grouped:,} were grouped."
    )


def describe_stability_of_run(card: MethodCard) -> str:
    """Say how well the candidate themes hold together, and of how many voices the machine was sure."""
    held = [round(each.stability * SURE_IN_10) for each in card.candidates]
    if not held:
        return "Stability was not noted."
    span = f"{min(held)}" if min(held) == max(held) else f"{min(held)} to {max(held)}"
    return (
        f"The {_count(len(held), 'candidate theme')} hold together in {span} of 10 runs. "
        f"The machine was sure of {card.n_sure:,} of {card.n_grouped:,} voices."
    )


def describe_changes(card: MethodCard) -> str:
    """Say what people changed, in two sentences that add up."""
    changes = card.changes
    if changes is None:
        return "People have not taken over yet: nothing was sent to a board."
    fates = [(changes.count_fate(fate), fate.value) for fate in reversed(Fate)]
    kept = ", ".join(f"{n} {words}" for n, words in fates if n) or "none was dealt"
    moves = ", ".join(f"{n:,} {move.value}" for move, n in changes.moves.items() if n)
    return (
        f"Of {_count(len(changes.candidates), 'candidate theme')}: {kept}; people added "
        f"{_count(len(changes.added), 'theme')}. Of {_count(changes.n_voices, 'voice')}: {moves}. "
        f"{_count(changes.n_acts, 'act')} of {_people(changes.n_people)}."
    )


def describe_agreement(card: MethodCard) -> str:
    """Say how far a second person agreed, or that nobody was asked."""
    if not card.readings:
        return "No second person has themed a sample yet, so how far people agree is not known."
    return " ".join(_describe_reading(each) for each in card.readings)


def list_run_lines(card: MethodCard) -> tuple[tuple[str, str], ...]:
    """List when and how the run was made: what anybody asks first."""
    run = card.run
    took = f"{run.took_s:,.0f} seconds" if run.took_s is not None else "not noted"
    return (
        ("Made", f"{write_date(run.made_at)}, {run.made_at:%H:%M} (UTC)"),
        ("Asked for by", run.made_by),
        ("It took", took),
        ("Voices", describe_input(card)),
        (
            "Themes",
            f"{run.chosen_n} proposed; {len(card.candidates)} {'dealt' if card.board else 'looked at'}",
        ),
        ("How sure", describe_stability_of_run(card)),
        ("What people changed", describe_changes(card)),
        ("How far people agree", describe_agreement(card)),
    )


def list_technical_lines(card: MethodCard) -> tuple[tuple[str, str], ...]:
    """List all that the run wrote on its card: model, versions, seeds, settings, scores."""
    held = {name: value for name, value in card.run.card.items() if name != "steps"}
    return tuple(_flatten(held))


def list_change_lines(card: MethodCard) -> tuple[tuple[str, int, str, int, int, str], ...]:
    """List each candidate theme, what became of it, and its voices: dealt, stayed, gone elsewhere."""
    if card.changes is None:
        return ()
    return tuple(
        (
            each.label,
            round(each.stability * SURE_IN_10),
            each.said,
            each.n_dealt,
            each.moves[Move.STAYED],
            _say_rest(each.moves),
        )
        for each in card.changes.candidates
    )


def list_move_lines(card: MethodCard) -> tuple[tuple[str, int], ...]:
    """List what became of the voices, with their sum as the last line."""
    if card.changes is None:
        return ()
    lines = tuple((move.value.capitalize(), n) for move, n in card.changes.moves.items())
    return (*lines, ("All voices", card.changes.n_voices))


def say_libraries(card: MethodCard) -> str:
    """Say the libraries with their versions."""
    libraries = card.run.card.get("libraries", {})
    return ", ".join(f"{name} {version}" for name, version in libraries.items()) or "not noted"


def _describe_reading(reading: SecondReading) -> str:
    second, people = reading.second, reading.people_second
    said = f"{people.said} AC1 {people.ac1.said}. The second person had made {second.n_moves} of "
    said += f"{second.n_moves_of_all} moves on the board."
    if reading.machine_second is not None:
        said += f" {reading.machine_second.said}"
    return said


def _say_rest(moves: Mapping[Move, int]) -> str:
    gone = [
        (moves[Move.MOVED], "moved"),
        (moves[Move.PARKED], "parked"),
        (moves[Move.TAKEN_OUT], "not placed"),
        (moves[Move.WITHDRAWN], "withdrawn"),
    ]
    return ", ".join(f"{n} {words}" for n, words in gone if n) or "0"


def _flatten(held: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    lines = []
    for name, value in held.items():
        label = before + re.sub("^n_", "number of ", name).replace("_", " ")
        if isinstance(value, Mapping) and all(str(key).isdigit() for key in value):
            lines.append((label, ", ".join(f"{key}: {each}" for key, each in value.items())))
        elif isinstance(value, Mapping):
            lines += _flatten(value, f"{label}: ")
        else:
            lines.append((label, "chosen by the engine" if value is None else str(value)))
    return lines


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
