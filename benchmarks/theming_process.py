"""One whole process: read a file, find themes, say what it took; run by `benchmarks.theming`."""

import json
import resource
import sys
import time

STARTED = time.perf_counter()


def find_ours(texts: tuple[str, ...]) -> int:
    """Find themes with our engine; return their number."""
    from theming.engine import find_themes

    return find_themes(texts).chosen_n


def find_kmeans(texts: tuple[str, ...]) -> int:
    """Embed with the same weights and run k-means with twenty clusters, without any label."""
    from sklearn.cluster import KMeans

    from theming.embedding.minilm import MiniLMEmbedder

    KMeans(20, n_init=10, random_state=0).fit(MiniLMEmbedder().embed(texts))
    return 20


def main(system: str, name: str) -> None:
    """Run one system on one file and print what it took as JSON."""
    from benchmarks.theming_sets import read_texts

    texts = read_texts(name)
    n_themes = {"ours": find_ours, "kmeans": find_kmeans}[system](texts)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    took = {
        "texts": len(texts),
        "themes": n_themes,
        "wall": time.perf_counter() - STARTED,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / 1024,
    }
    print(json.dumps(took))


if __name__ == "__main__":
    main(*sys.argv[1:])
