"""The labels that BERTopic gives to groups that are known, by each of its own ways."""

from collections.abc import Sequence

import numpy as np

from theming.embedding.protocol import Embedder

N_WORDS = 4
"""BERTopic's own names hold four words."""
DEFAULT, KEYBERT, MMR = "BERTopic", "BERTopic, KeyBERTInspired", "BERTopic, MMR"
RIVALS = (DEFAULT, KEYBERT, MMR)


def name_by_bertopic(
    texts: Sequence[str], vectors: np.ndarray, groups: Sequence[int], embedder: Embedder
) -> dict[str, list[str]]:
    """Return for each of BERTopic's ways a label for each group 0, 1, 2, ..."""
    from bertopic import BERTopic
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.representation import KeyBERTInspired, MaximalMarginalRelevance

    model = BERTopic(
        embedding_model=_wrap_embedder(embedder),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        representation_model={
            KEYBERT: KeyBERTInspired(),
            MMR: MaximalMarginalRelevance(diversity=0.3),
        },
    )
    # BERTopic numbers the groups anew by size; each text tells which of its groups is which of ours.
    numbers, _ = model.fit_transform(list(texts), embeddings=vectors, y=np.asarray(groups))
    number_of = dict(zip(groups, numbers, strict=True))
    found = {DEFAULT: model.topic_representations_, **model.topic_aspects_}
    order = range(max(groups) + 1)
    return {way: [_join_words(topics[number_of[group]]) for group in order] for way, topics in found.items()}


def _join_words(words: Sequence[tuple[str, float]]) -> str:
    return " ".join([word for word, _ in words if word][:N_WORDS])


def _wrap_embedder(embedder: Embedder) -> object:
    from bertopic.backend import BaseEmbedder

    class Wrapped(BaseEmbedder):
        """Hand words to our embedder, so that all systems use the same weights."""

        def embed(self, documents: Sequence[str], verbose: bool = False) -> np.ndarray:
            """Embed words or texts."""
            return embedder.embed(list(documents))

    return Wrapped()
