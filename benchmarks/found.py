"""What any system finds in texts, in one shape."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

OURS, BERTOPIC, KMEANS, KMEANS_OURS = "ours", "BERTopic", "k-means, 20", "k-means, our number"
GMM, SENSTOPIC = "GMM, 20", "SensTopic"
PEERS = (BERTOPIC, GMM, SENSTOPIC)
SYSTEMS = (OURS, BERTOPIC, KMEANS, KMEANS_OURS, GMM, SENSTOPIC)
N_KEYWORDS = 10


@dataclass(frozen=True)
class Found:
    """Hold the theme of each text (-1 is nowhere) and the ten best keywords of each theme.

    `n_set_aside` of those that are nowhere were set aside because they answer nothing ("no").
    """

    labels: tuple[int, ...]
    keywords: tuple[tuple[str, ...], ...]
    n_set_aside: int = 0

    @property
    def n_themes(self) -> int:
        """Return the number of themes that hold a text."""
        return len(set(self.labels) - {-1})

    @property
    def n_unplaced(self) -> int:
        """Return the number of texts that say something and are nowhere."""
        return sum(label < 0 for label in self.labels) - self.n_set_aside


def shorten_keywords(keywords: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the ten best keywords of each theme, phrases taken apart into their words."""
    split = (
        dict.fromkeys(word for phrase in phrases for word in _split_phrase(phrase)) for phrases in keywords
    )
    return tuple(tuple(words)[:N_KEYWORDS] for words in split)


def _split_phrase(phrase: str) -> list[str]:
    """Return the words of a phrase that are longer than two letters; "of" joins them and names nothing."""
    return [word for word in re.findall(r"[\w']+", phrase.lower()) if len(word) > 2]
