"""The method card to take away: a page that opens anywhere, and the transparency record as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from engagement.answer.atrs_record import FilledField, fill_record, list_missing
from engagement.answer.atrs_template import PUBLISHED, STANDARD, TEMPLATE, VERSION
from engagement.answer.method_card import MethodCard, build_method_card
from engagement.answer.method_words import (
    LIMITS,
    list_change_lines,
    list_move_lines,
    list_run_lines,
    list_steps,
    list_technical_lines,
)
from engagement.answer.second_readings import SecondReading
from engagement.decisions import record_decision
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.due_dates import write_date

TEMPLATES = Path(__file__).with_name("templates")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_page(
    session: Session, person: Person, engagement_id: int, today: date, run_id: int | None = None
) -> bytes:
    """Make the method card as one HTML page that needs nothing else and holds nobody's words."""
    card = _open_card(session, person, engagement_id, run_id, "page")
    filled = fill_record(card, today)
    words = {
        "card": card,
        "written_on": write_date(today),
        "run_lines": list_run_lines(card),
        "steps": list_steps(card),
        "limits": LIMITS,
        "change_lines": list_change_lines(card),
        "move_lines": list_move_lines(card),
        "technical_lines": list_technical_lines(card),
        "standard": STANDARD,
        "version": VERSION,
        "published": PUBLISHED,
        "filled": filled,
        "n_missing": len(list_missing(filled)),
        "sections": group_by_section(filled),
    }
    return open_templates().get_template("method_card.html").render(words).encode()


def export_json(
    session: Session, person: Person, engagement_id: int, today: date, run_id: int | None = None
) -> bytes:
    """Make the transparency record and the method card as JSON; a field that is not known is null."""
    card = _open_card(session, person, engagement_id, run_id, "JSON")
    filled = fill_record(card, today)
    written = {
        "standard": {"name": STANDARD, "version": VERSION, "published": PUBLISHED, "template": TEMPLATE},
        "missing": [each.field.key for each in list_missing(filled)],
        "record": {
            section: {each.field.attribute: each.value or None for each in fields}
            for section, fields in group_by_section(filled)
        },
        "method_card": _write_card(card),
    }
    return json.dumps(written, ensure_ascii=False, indent=2, default=_write_moment).encode()


def export_csv(
    session: Session, person: Person, engagement_id: int, today: date, run_id: int | None = None
) -> bytes:
    """Make the transparency record as CSV, one line for each field; no cell is a formula."""
    filled = fill_record(_open_card(session, person, engagement_id, run_id, "CSV"), today)
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(
        ("reference number", "attribute", "name", "tier", "category", "required", "value", "written by")
    )
    for each in filled:
        field = each.field
        who = "organisation" if each.is_own else "Common Thread" if each.value else ""
        required = str(field.is_required).upper()
        cells = (
            field.reference,
            field.attribute,
            field.name,
            field.tier,
            field.section,
            required,
            each.value,
            who,
        )
        writer.writerow([defuse(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def group_by_section(filled: tuple[FilledField, ...]) -> list[tuple[str, list[FilledField]]]:
    """Group the fields of a record by the section in which they stand, in the order of the standard."""
    by_section = groupby(filled, key=lambda each: each.field.section)
    return [(section, list(fields)) for section, fields in by_section]


def _open_card(
    session: Session, person: Person, engagement_id: int, run_id: int | None, form: str
) -> MethodCard:
    """Build the card for somebody who may take it away, and note that they did."""
    check_may(person, Act.EXPORT)
    card = build_method_card(session, person, engagement_id, run_id)
    record_decision(
        session,
        person,
        "downloaded method card",
        subject="theming_run",
        subject_id=card.run.id,
        engagement_id=engagement_id,
        details={"name": card.engagement.name, "form": form},
    )
    return card


def _write_card(card: MethodCard) -> dict[str, Any]:
    """Write what a card holds for JSON, without anybody's words."""
    return {
        "engagement": card.engagement.name,
        "n_sources": card.n_sources,
        "prompts": list(card.prompts),
        "run": asdict(card.run),
        "candidates": [asdict(each) for each in card.candidates],
        "n_sure": card.n_sure,
        "board": asdict(card.board) if card.board else None,
        "changes": asdict(card.changes) if card.changes else None,
        "double_theming": [_write_reading(each) for each in card.readings],
    }


def _write_reading(reading: SecondReading) -> dict[str, Any]:
    """Write one double theming without the name of the second person."""
    sample, second = reading.sample, reading.second
    compared = {
        "people_and_second": reading.people_second,
        "machine_and_second": reading.machine_second,
        "machine_and_people": reading.machine_people,
    }
    return {
        "sample": {"seed": sample.seed, "n_voices": sample.n_voices, "n_withdrawn": sample.n_withdrawn},
        "asked_at": sample.asked_at,
        "second_person": {"n_moves": second.n_moves, "n_moves_of_all": second.n_moves_of_all},
        "agreement": {name: asdict(each) if each else None for name, each in compared.items()},
        "differences": [asdict(each) for each in reading.differences],
    }


@cache
def open_templates() -> Environment:
    """Open the templates of the pages that people take away."""
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def defuse(cell: str) -> str:
    """Give a cell that no spreadsheet reads as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _write_moment(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"value == {value!r}, must be something JSON can hold or a date.")
