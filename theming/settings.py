"""What a theming run can be told."""

from dataclasses import asdict, dataclass

FLOOR = 30
"""Fewest texts that say something for which grouping means anything.

Rationale: below about thirty short texts, runs on resamples agree little better than chance, and
people read thirty cards faster than they check a machine's grouping of them.
"""

MAX_THEMES = 60
"""Most themes kept in the top of the tree.

Rationale: a workshop works with 8 to 25; a wall holds no more than sixty headings.
"""


@dataclass(frozen=True)
class ThemingSettings:
    """Hold the choices of one theming run; the defaults suit a few dozen to many thousand texts.

    Parameters
    ----------
    n_runs : int
        Number of seeded k-means runs in the consensus.
    seed : int
        Start of every random choice.
    n_themes : int or None
        Number of themes to propose; None lets the engine choose.
    n_micro : int
        Above this many different texts, micro-clusters are formed first.
    n_exact : int
        Up to this many different texts, a model that can round its numbers for speed does not. At 2.5
        to 4 ms each on one processor, reading so many exactly takes some fifteen seconds on two.
    n_threads : int
        Processor threads used. They never change the result.
    sample_share : float
        Share of the texts that each run learns its centres from, 0..1.
    """

    n_runs: int = 200
    seed: int = 614
    n_themes: int | None = None
    n_micro: int = 2500
    n_exact: int = 10_000
    n_threads: int = 2
    sample_share: float = 0.8

    def __post_init__(self) -> None:
        """Refuse values with which no run can be made."""
        for name in ("n_runs", "n_micro", "n_exact", "n_threads"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} == {getattr(self, name)}, must be >= 1.")
        if self.n_themes is not None and self.n_themes < 2:
            raise ValueError(f"n_themes == {self.n_themes}, must be >= 2.")
        if not 0 < self.sample_share <= 1:
            raise ValueError(f"sample_share == {self.sample_share}, must be in (0, 1].")

    def to_card(self) -> dict[str, object]:
        """Return the settings that can change a result, for the run's card."""
        return {name: value for name, value in asdict(self).items() if name != "n_threads"}
