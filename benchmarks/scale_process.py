"""One whole process: find themes in very many texts, say what each step took; run by `benchmarks.scale`."""

import json
import random
import resource
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

STARTED = time.perf_counter()
SETS = (
    "uk_petitions", "clinc150", "banking77", "nhs_fft_phase1_fine", "bowling_green", "scoop_nz", "bg2050",
    "polis_uk_small",
)  # fmt: skip
STEPS = {
    "Looking": "sorting",
    "Reading": "reading (embedding)",
    "Gathering": "micro-clusters",
    "Grouping": "groupings",
    "Building": "tree",
    "Finding": "naming",
}
LOOK_S = 0.05


class StepWatch:
    """Note for each step its time and the most memory held, and how far the reported share was off."""

    def __init__(self) -> None:
        self.steps: dict[str, dict[str, float]] = {}
        self.shares: list[tuple[float, float]] = []
        self._step, self._wall, self._cpu = "start", STARTED, 0.0
        self._peak = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def note(self, message: str, share: float) -> None:
        """Take a report of the engine."""
        self.shares.append((time.perf_counter() - STARTED, share))
        step = STEPS.get(message.split()[0], "end")
        if step == self._step:
            return
        wall, cpu = time.perf_counter(), time.process_time()
        took = {"wall": wall - self._wall, "cpu": cpu - self._cpu, "peak_mb": self._peak}
        self.steps[self._step] = took
        self._step, self._wall, self._cpu, self._peak = step, wall, cpu, 0.0

    def find_largest_gap(self) -> float:
        """Return the most that a reported share was away from the share of time, 0..1."""
        whole = self.shares[-1][0]
        return max(abs(share - at / whole) for at, share in self.shares)

    def _look(self) -> None:
        while True:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            self._peak = max(self._peak, pages * resource.getpagesize() / 1e6)
            time.sleep(LOOK_S)


def read_many(n_texts: int) -> list[str]:
    """Read so many real texts, drawn from all sets; more than there are come again with a number."""
    from benchmarks.theming_sets import read_texts

    texts = [text for name in SETS for text in read_texts(name)]
    if n_texts <= len(texts):
        return random.Random(0).sample(texts, n_texts)
    rounds = -(-n_texts // len(texts))
    return [f"{text} {again}" if again else text for again in range(rounds) for text in texts][:n_texts]


def main(n_texts: int, record_url: str, n_threads: int) -> None:
    """Find themes, with the vectors of a record where one is given, and print what it took as JSON."""
    from engagement.embedding_cache import RecordEmbeddingCache
    from models.database import Record
    from theming.engine import find_themes
    from theming.settings import ThemingSettings

    watch, texts = StepWatch(), read_many(n_texts)
    settings = ThemingSettings(n_threads=n_threads)
    if record_url:
        with closing(Record(record_url)) as record:
            cache = RecordEmbeddingCache(record)
            result = find_themes(texts, settings=settings, cache=cache, report=watch.note)
    else:
        result = find_themes(texts, settings=settings, report=watch.note)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = {
        "texts": len(texts),
        "themes": result.chosen_n,
        "wall": time.perf_counter() - STARTED,
        "cpu": usage.ru_utime + usage.ru_stime + children.ru_utime + children.ru_stime,
        "peak_mb": (usage.ru_maxrss + children.ru_maxrss) / 1024,
        "largest_gap": watch.find_largest_gap(),
        "steps": watch.steps,
    }
    print(json.dumps(took))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
