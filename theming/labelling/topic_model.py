"""BERTopic put together for groups that are known: no UMAP, no HDBSCAN, no embedding of its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from theming.labelling.phrase_table import PhraseTable

if TYPE_CHECKING:
    from bertopic import BERTopic
    from scipy.sparse import csr_matrix


def fit_topic_model(
    table: PhraseTable, vectors: NDArray[np.float32], leaf_of_text: NDArray[np.int64]
) -> "BERTopic":
    """Fit BERTopic's class-based TF-IDF (BM25 weighting) to the leaves of the tree.

    Parameters
    ----------
    table : PhraseTable
        At least one phrase.
    vectors : ndarray of shape (n_texts, n_dimensions)
    leaf_of_text : ndarray of shape (n_texts,)
        Handed to BERTopic as `y`, so that it clusters nothing itself.

    References
    ----------
    Grootendorst (2022), BERTopic: neural topic modeling with a class-based TF-IDF procedure.
    """
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    # Each text is handed over as the numbers of its phrases, so that BERTopic counts ours.
    names = [f"p{place}" for place in range(len(table.keys))]
    model = BERTopic(
        language="multilingual",
        embedding_model=BaseEmbedder(),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=CountVectorizer(analyzer=str.split, vocabulary=names),
        ctfidf_model=ClassTfidfTransformer(bm25_weighting=True),
        calculate_probabilities=False,
        verbose=False,
    )
    rows = np.split(table.uses.indices, table.uses.indptr[1:-1])
    documents = [" ".join(names[place] for place in row) for row in rows]
    return model.fit(documents, embeddings=vectors, y=leaf_of_text)


def weigh_phrases(model: "BERTopic", table: PhraseTable, members: NDArray[np.float64]) -> "csr_matrix":
    """Weigh every phrase for every theme, merged themes too, with the fitted c-TF-IDF.

    Parameters
    ----------
    model : BERTopic
    table : PhraseTable
    members : ndarray of shape (n_themes, n_texts)
        Weight of each text in each theme.

    Returns
    -------
    csr_matrix of shape (n_themes, n_phrases)
        Higher is more telling; below 0 for phrases that are everywhere.
    """
    from scipy.sparse import csr_matrix

    weighed: Any = model.ctfidf_model.transform(csr_matrix(members) @ table.uses)
    return weighed.tocsr()


def choose_varied(
    centre: NDArray[np.float32],
    vectors: NDArray[np.float32],
    words: Sequence[str],
    n_words: int,
    diversity: float,
) -> list[str]:
    """Choose words near a centre and unlike each other, by BERTopic's maximal marginal relevance.

    Parameters
    ----------
    centre : ndarray of shape (n_dimensions,)
    vectors : ndarray of shape (n_words, n_dimensions)
    words : sequence of str
    n_words : int
    diversity : float
        0 looks at nearness alone, 1 at difference alone.
    """
    from bertopic.representation._mmr import mmr

    n_chosen = min(n_words, len(words))
    return list(mmr(centre.reshape(1, -1), vectors, list(words), diversity, n_chosen))
