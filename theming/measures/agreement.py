"""How far two people agree who put the same items into named categories: share, Cohen's kappa, Gwet's AC1."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]

Z_95 = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5 % above it."""

STRENGTHS = ((0.0, "poor"), (0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"))
"""Upper ends of the words for kappa, after Landis and Koch; above the last it is "almost perfect".

Rationale: arbitrary, as their authors say, but the words that readers of reports know.
"""


class Undefined(StrEnum):
    """Why a coefficient has no value."""

    NO_ITEMS = "no items"
    ONE_CATEGORY = "one category"


@dataclass(frozen=True)
class Estimate:
    """Hold a value and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Agreement:
    """Hold how far two people agree.

    Parameters
    ----------
    n_items, n_agreed, n_categories : int
        Items that both placed, items that both placed alike, categories that they could choose from.
    share : Estimate or Undefined
        0..1: the share of items placed alike, with Wilson's interval. 1 is full agreement.
    kappa : Estimate or Undefined
        -1..1: see `measure_kappa`.
    ac1 : Estimate or Undefined
        -1..1: see `measure_ac1`.
    """

    n_items: int
    n_agreed: int
    n_categories: int
    share: Estimate | Undefined
    kappa: Estimate | Undefined
    ac1: Estimate | Undefined


def measure_agreement(
    first: Sequence[Hashable], second: Sequence[Hashable], categories: Sequence[Hashable]
) -> Agreement:
    """Measure how far two people agree on the same items.

    Parameters
    ----------
    first, second : sequence of hashable, both of length n_items
        The category in which each put each item.
    categories : sequence of hashable
        All that they could choose from, used or not.

    Examples
    --------
    >>> found = measure_agreement("aabbc", "aabbb", categories="abc")
    >>> found.n_agreed, round(found.kappa.value, 3), round(found.ac1.value, 3)
    (4, 0.667, 0.718)
    """
    table = cross_tabulate(first, second, categories)
    n_items, n_agreed = int(table.sum()), int(np.trace(table))
    share = measure_share(n_agreed, n_items)
    return Agreement(n_items, n_agreed, len(categories), share, measure_kappa(table), measure_ac1(table))


def cross_tabulate(
    first: Sequence[Hashable], second: Sequence[Hashable], categories: Sequence[Hashable]
) -> Table:
    """Count the items for each pair of categories.

    Returns
    -------
    ndarray of shape (n_categories, n_categories)
        Rows are where the first person put them, columns where the second did.

    Raises
    ------
    ValueError
        If the two sequences differ in length, or hold what is no category.

    Examples
    --------
    >>> cross_tabulate("aab", "abb", categories="ab").astype(int).tolist()
    [[1, 1], [0, 1]]
    """
    if len(first) != len(second):
        raise ValueError(f"second has {len(second)} items, must have {len(first)} as first has.")
    position = {category: place for place, category in enumerate(categories)}
    unknown = {*first, *second} - set(position)
    if unknown:
        raise ValueError(f"{sorted(map(str, unknown))[0]!r} was chosen, must be one of the categories.")
    table = np.zeros((len(position), len(position)))
    for one, other in zip(first, second, strict=True):
        table[position[one], position[other]] += 1
    return table


def measure_share(n_agreed: int, n_items: int) -> Estimate | Undefined:
    """Measure the share of items placed alike, 0..1, with Wilson's 95 % interval.

    The best value is 1, all alike; 0 means that no item was placed alike.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of
    the American Statistical Association, 22, 209-212.

    Examples
    --------
    >>> share = measure_share(41, 50)
    >>> round(share.value, 2), round(share.low, 2), round(share.high, 2)
    (0.82, 0.69, 0.9)
    """
    if n_items == 0:
        return Undefined.NO_ITEMS
    share, z2 = n_agreed / n_items, Z_95**2
    middle = (share + z2 / (2 * n_items)) / (1 + z2 / n_items)
    reach = Z_95 * np.sqrt(share * (1 - share) / n_items + z2 / (4 * n_items**2)) / (1 + z2 / n_items)
    return Estimate(share, max(0.0, float(middle - reach)), min(1.0, float(middle + reach)))


def measure_kappa(table: Table) -> Estimate | Undefined:
    """Measure Cohen's kappa: agreement beyond what each person's own habits would give by chance.

    The best value is 1, all alike. 0 is no more than chance, below 0 less than chance. Where nearly all
    items are in one category, kappa is low even if people agree nearly always (Gwet, 2008): read it
    beside AC1.

    Parameters
    ----------
    table : ndarray of shape (n_categories, n_categories)
        Counts, as `cross_tabulate` gives them.

    Returns
    -------
    Estimate or Undefined
        Undefined without items, and where both used one and the same category only: chance would agree
        always.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement, 20, 37-46.
    Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969). Large sample standard errors of kappa and weighted
    kappa. Psychological Bulletin, 72, 323-327.

    Examples
    --------
    >>> kappa = measure_kappa(np.array([[20.0, 5.0], [10.0, 15.0]]))
    >>> round(kappa.value, 2), round(kappa.low, 2), round(kappa.high, 2)
    (0.4, 0.14, 0.66)
    """
    if not table.sum():
        return Undefined.NO_ITEMS
    share = table / table.sum()
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    chance = float(rows @ columns)
    if chance >= 1 - 1e-12:
        return Undefined.ONE_CATEGORY
    return _estimate(table, chance, lambda lack: lack * (columns[:, None] + rows[None, :]))


def measure_ac1(table: Table) -> Estimate | Undefined:
    """Measure Gwet's AC1: agreement beyond chance, where chance is guessing at the hard items only.

    The best value is 1, all alike. 0 is no more than chance, below 0 less than chance. Unlike kappa it
    stays high where people agree nearly always and nearly all items are in one category.

    Parameters
    ----------
    table : ndarray of shape (n_categories, n_categories)
        Counts over all categories that could be chosen, used or not.

    Returns
    -------
    Estimate or Undefined
        Undefined without items, and where there was one category to choose only.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. British Journal of Mathematical and Statistical Psychology, 61, 29-48.

    Examples
    --------
    >>> ac1 = measure_ac1(np.array([[118.0, 5.0], [2.0, 0.0]]))  # where kappa is -0.02
    >>> round(ac1.value, 2), round(ac1.low, 2), round(ac1.high, 2)
    (0.94, 0.9, 0.99)
    """
    n_categories = len(table)
    if not table.sum():
        return Undefined.NO_ITEMS
    if n_categories < 2:
        return Undefined.ONE_CATEGORY
    share = table / table.sum()
    prevalence = (share.sum(axis=1) + share.sum(axis=0)) / 2
    chance = float((prevalence * (1 - prevalence)).sum()) / (n_categories - 1)
    rest = 1 - (prevalence[:, None] + prevalence[None, :]) / 2
    return _estimate(table, chance, lambda lack: 2 * lack * rest / (n_categories - 1))


def name_strength(value: float) -> str:
    """Name a kappa (or AC1) in words, "poor" to "almost perfect".

    References
    ----------
    Landis, J. R. and Koch, G. G. (1977). The measurement of observer agreement for categorical data.
    Biometrics, 33, 159-174.

    Examples
    --------
    >>> name_strength(0.79), name_strength(0.81), name_strength(-0.02)
    ('substantial', 'almost perfect', 'poor')
    """
    # In hundredths, as it is shown: 0.804 reads as 0.80.
    shown = round(value, 2)
    if shown < 0:
        return "poor"
    return next((word for end, word in STRENGTHS[1:] if shown <= end), "almost perfect")


def _estimate(table: Table, chance: float, weigh: Callable[[float], Table]) -> Estimate:
    """Correct agreement for chance, with the large-sample variance that kappa and AC1 share in form.

    ``weigh(1 - value)`` gives, for each pair of categories, how much chance takes away there.
    """
    n_items = float(table.sum())
    share = table / n_items
    agreed = float(np.trace(share))
    value = (agreed - chance) / (1 - chance)
    if not 1e-12 < agreed < 1 - 1e-12:
        return _estimate_from_share(round(agreed * n_items), round(n_items), chance)
    lack = 1 - value
    spread = float((share * (np.eye(len(table)) - weigh(lack)) ** 2).sum())
    variance = max(0.0, spread - (agreed - 2 * lack * chance) ** 2) / (n_items * (1 - chance) ** 2)
    reach = _find_student_quantile(n_items - 1) * float(np.sqrt(variance))
    return Estimate(value, max(-1.0, value - reach), min(1.0, value + reach))


def _estimate_from_share(n_agreed: int, n_items: int, chance: float) -> Estimate:
    """Estimate from all or none alike, where the large-sample interval can have no width: Wilson's is used.

    Rationale: 10 of 10 alike is no proof of perfection; chance agreement is taken as it was seen.
    """
    share = measure_share(n_agreed, n_items)
    low, high = (share.low, share.high) if isinstance(share, Estimate) else (0.0, 1.0)
    value, low, high = ((each - chance) / (1 - chance) for each in (n_agreed / n_items, low, high))
    return Estimate(value, max(-1.0, min(low, value)), min(1.0, max(high, value)))


def _find_student_quantile(freedom: float) -> float:
    """Find Student's 97.5 % quantile by the Cornish-Fisher expansion, good to 0.01 from 4 degrees on."""
    z = Z_95
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
