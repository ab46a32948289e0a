"""The transparency record of one method card: every field of the standard, filled as far as is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engagement.answer.atrs_drafts import draft_fields
from engagement.answer.atrs_template import Field, list_fields
from engagement.answer.method_card import MethodCard

NOT_FILLED_IN = "Not filled in yet"
LATER = "Given when the record is published, changed or archived"
SAME_AS = {"2.1.1": "0.12", "2.4.1.2": "0.13"}
"""Fields that ask the same as an earlier one: the organisation, and the phase of the tool."""

OFFICE_ONLY = frozenset({"0.1", "0.9", "0.10"})
"""Numbers and dates that are given when a record is published, changed or archived."""

SUPPLIER_QUESTION = "2.1.4"


@dataclass(frozen=True)
class FilledField:
    """A field with what it says. ``value`` is "" where nothing is known; ``is_own`` when people wrote it."""

    field: Field
    value: str
    is_own: bool

    @property
    def shown(self) -> str:
        """Say the value, or that it is missing, or that it comes later."""
        return self.value or (LATER if self.field.reference in OFFICE_ONLY else NOT_FILLED_IN)

    @property
    def is_missing(self) -> bool:
        """Tell whether the organisation still has to write it."""
        return self.field.is_required and not self.value and self.field.reference not in OFFICE_ONLY


def fill_record(card: MethodCard, today: date) -> tuple[FilledField, ...]:
    """Fill every field of the standard: the organisation's own words before those of the method card."""
    drafts = draft_fields(card, today)
    own = {key.partition(" ")[0]: words for key, words in card.written.items()}
    filled = []
    for field in list_fields():
        same = SAME_AS.get(field.reference, "")
        words = own.get(field.reference) or own.get(same, "")
        filled.append(FilledField(field, words or drafts.get(field.reference, ""), bool(words)))
    return tuple(filled)


def list_missing(filled: tuple[FilledField, ...]) -> tuple[FilledField, ...]:
    """List what the organisation still has to write before the record can be published."""
    return tuple(each for each in filled if each.is_missing)
