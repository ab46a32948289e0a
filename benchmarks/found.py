"""What any system finds in texts, in one shape."""

from collections.abc import Sequence
from dataclasses import dataclass

OURS, BERTOPIC, KMEANS, KMEANS_OURS = "ours", "BERTopic", "k-means, 20", "k-means, our number"
GMM, SENSTOPIC = "GMM, 20", "SensTopic"
PEERS = (BERTOPIC, GMM, SENSTOPIC)
SYSTEMS = (OURS, BERTOPIC, KMEANS, KMEANS_OURS, GMM, SENSTOPIC)
N_KEYWORDS = 10


@dataclass(frozen=True)
class Found:
    """Hold the theme of each text (-1 is nowhere) and the ten best keywords of each theme."""

    labels: tuple[int, ...]
    keywords: tuple[tuple[str, ...], ...]

    @property
    def n_themes(self) -> int:
        """Return the number of themes that hold a text."""
        return len(set(self.labels) - {-1})

    @property
    def n_unplaced(self) -> int:
        """Return the number of texts that are nowhere."""
        return sum(label < 0 for label in self.labels)


def shorten_keywords(keywords: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the ten best keywords of each theme."""
    return tuple(tuple(words[:N_KEYWORDS]) for words in keywords)
