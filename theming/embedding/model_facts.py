"""What is known of a model besides its name: who made it, from what, under which licence."""

from theming.embedding.choose import is_rounded
from theming.embedding.protocol import Embedder
from theming.embedding.rarity import RARITY_SCHEME, mark_scheme
from theming.embedding.weights import WEIGHTS_SHA256

MINILM = {
    "made_by": "sentence-transformers (Nils Reimers and others), 2021",
    "kind": "transformer with 6 layers, 384 numbers for each text, 22.7 million weights",
    "made_from": "nreimers/MiniLM-L6-H384-uncased, a smaller copy of Microsoft's MiniLM",
    "trained_on": "over a billion pairs of English sentences from public sets, among them Reddit comments, "
    "S2ORC, WikiAnswers, PAQ, Stack Exchange, MS MARCO, GooAQ, Yahoo Answers, CodeSearchNet, SNLI and "
    "MultiNLI, Natural Questions, SQuAD, TriviaQA",
    "trained_here": "no: it is used as published, and learns nothing from the texts",
    "languages": "English; other languages are read less well",
    "reads": "the first 256 word pieces of a text",
    "licence": "Apache 2.0",
    "weights_sha256": WEIGHTS_SHA256,
}
"""From the published description of all-MiniLM-L6-v2."""

WEIGHED = {**MINILM, "changed_here": "words that are rare in the language weigh more in a text's numbers"}

FACTS = {WEIGHTS_SHA256: MINILM, mark_scheme(WEIGHTS_SHA256, RARITY_SCHEME): WEIGHED}
"""By `Embedder.model_hash`, which is that of the weights and of what is done with them."""


ROUNDED = {
    **WEIGHED,
    "rounded": "to 8 bits wherever numbers are multiplied, for speed; on another kind of processor, results "
    "can differ a little",
}


def find_model_facts(embedder: Embedder) -> dict[str, str]:
    """Return what is known of the model; nothing of one that an organisation brings.

    Examples
    --------
    >>> from theming.embedding.tfidf import TfidfEmbedder
    >>> find_model_facts(TfidfEmbedder())
    {}
    """
    if is_rounded(embedder):
        return dict(ROUNDED)
    return dict(FACTS.get(embedder.model_hash, {}))
