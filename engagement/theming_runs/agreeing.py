"""How far people, a second person and the machine agree: the measures of ``theming/``, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from theming.measures.agreement import Agreement, Estimate, Undefined, measure_agreement, name_strength

NONE_OF_THESE = 0
"""Stands for "none of these themes", beside the ids of themes."""

WHY_UNDEFINED = {
    Undefined.NO_ITEMS: "There are no voices to compare.",
    Undefined.ONE_CATEGORY: "Everything is in one theme, so chance alone would agree always.",
}


@dataclass(frozen=True)
class Figure:
    """A value with its 95 % interval. ``value`` is None where it is undefined; ``why`` says why."""

    value: float | None
    low: float | None
    high: float | None
    why: str = ""

    @property
    def said(self) -> str:
        """Say the value and how far off it may be, such as "0.79 (0.66 to 0.91)"."""
        if self.value is None or self.low is None or self.high is None:
            return f"not defined. {self.why}"
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True)
class AgreementView:
    """How far two agree on the same voices, in numbers and in one sentence."""

    n_voices: int
    n_agreed: int
    share: Figure
    kappa: Figure
    ac1: Figure
    said: str


def compare_answers(
    who: str, pairs: Sequence[tuple[int | None, int | None]], theme_ids: Sequence[int]
) -> AgreementView:
    """Compare where two put the same voices; None is in none of the themes.

    ``who`` begins the sentence, such as "Two people".
    """
    first = [one or NONE_OF_THESE for one, _other in pairs]
    second = [other or NONE_OF_THESE for _one, other in pairs]
    # A theme that was merged away since still counts as one that could be chosen.
    known = list(dict.fromkeys([*theme_ids, NONE_OF_THESE, *first, *second]))
    found = measure_agreement(first, second, known)
    return AgreementView(
        found.n_items,
        found.n_agreed,
        _view(found.share),
        _view(found.kappa),
        _view(found.ac1),
        _say(who, found),
    )


def _view(estimate: Estimate | Undefined) -> Figure:
    if isinstance(estimate, Undefined):
        return Figure(None, None, None, WHY_UNDEFINED[estimate])
    return Figure(estimate.value, estimate.low, estimate.high)


def _say(who: str, found: Agreement) -> str:
    """Say the agreement in one plain sentence, with the word that readers know for it."""
    if isinstance(found.share, Undefined):
        return WHY_UNDEFINED[found.share]
    said = f"{who} agree on {found.n_agreed} of {found.n_items} ({found.share.value:.0%})"
    if isinstance(found.kappa, Estimate):
        return f"{said}; kappa {found.kappa.value:.2f}: {name_strength(found.kappa.value)}."
    return f"{said}. Kappa is not defined: everything is in one theme."
