"""Measure how well new texts find a home in last year's themes; writes `benchmarks/known_themes.md`.

Run from the project's folder: ``python -m benchmarks.known_themes``.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score

from benchmarks.find_with_ours import open_embedder, open_vectors
from benchmarks.marked_page import write_between_marks, write_head, write_row
from benchmarks.theming_sets import check_data, read_rows
from theming.embedding.cached import embed_texts
from theming.known_themes import KnownTheme, find_known_homes

PAGE = Path(__file__).with_name("known_themes.md")
N_SPLITS = 5
N_KNOWN, N_HELD_OUT, N_ASKED_EACH, N_OUTSIDE = 20, 5, 15, 100
N_EXAMPLES = (20, 5, 0)
BERTOPIC_NEAREST = 0.7
"""BERTopic's default `zeroshot_min_similarity`."""

BANDS = {"a guess": (0.0, 0.5), "a likely fit": (0.5, 0.8), "a clear fit": (0.8, 1.01)}
SURE_COLUMNS = ("set", "examples of each theme", *BANDS)
COLUMNS = (
    "set", "examples of each theme", "way", "F1 of homes", "AUROC of new", "average precision of new",
    "precision of new", "recall of new", "F1 of all",
)  # fmt: skip


@dataclass(frozen=True)
class SecondWave:
    """Hold known themes, new texts, and the true home of each (-1: something new)."""

    known: tuple[KnownTheme, ...]
    texts: tuple[str, ...]
    home_of: NDArray[np.int64]


@dataclass(frozen=True)
class Answer:
    """Hold the home given to each text, how near it is to any, and whether it was called new."""

    homes: NDArray[np.int64]
    nearness: NDArray[np.float64]
    is_new: NDArray[np.bool_]
    sureness: NDArray[np.float64]


def main() -> None:
    """Measure every way on every split and write the table."""
    check_data()
    lines = list(write_head(f"Homes and something new, mean of {N_SPLITS} splits", COLUMNS))
    sure = list(write_head("How sure: homes offered so surely, and how many of them are right", SURE_COLUMNS))
    for name in ("clinc150", "banking77"):
        rows = read_rows(name)
        for n_examples in N_EXAMPLES:
            waves = [split_rows(rows, seed, n_examples) for seed in range(N_SPLITS)]
            for way, answer in (("ours", answer_ours), ("zero-shot as BERTopic's", answer_zero_shot)):
                if n_examples and answer is answer_zero_shot:
                    continue
                print(name, n_examples, way, file=sys.stderr)
                answers = [answer(wave) for wave in waves]
                scores = [_score(wave, given) for wave, given in zip(waves, answers, strict=True)]
                means = [f"{mean(score[i] for score in scores):.3f}" for i in range(len(scores[0]))]
                examples = str(n_examples) if n_examples else "name alone"
                lines.append(write_row(name, examples, way, *means))
                if answer is answer_ours:
                    sure.append(write_row(name, examples, *_judge_sureness(waves, answers)))
    write_between_marks(PAGE, "known_themes", [*lines, *sure])


def split_rows(rows: list[dict[str, str]], seed: int, n_examples: int) -> SecondWave:
    """Choose known codes with examples; ask about their other texts, held-out codes and out of scope."""
    rng = random.Random(seed)
    codes = rng.sample(sorted({row["label"] for row in rows} - {"oos"}), N_KNOWN + N_HELD_OUT)
    texts = {code: [row["text"] for row in rows if row["label"] == code] for code in [*codes, "oos"]}
    for own in texts.values():
        rng.shuffle(own)
    known = tuple(
        KnownTheme(_read_name(code), "", tuple(texts[code][:n_examples])) for code in codes[:N_KNOWN]
    )
    first = max(N_EXAMPLES)
    asked = list(_ask_known(codes, texts, first))
    asked += [(text, -1) for code in codes[N_KNOWN:] for text in texts[code][:N_ASKED_EACH]]
    asked += [(text, -1) for text in texts["oos"][:N_OUTSIDE]]
    return SecondWave(
        known, tuple(text for text, _ in asked), np.array([home for _, home in asked], np.int64)
    )


def _ask_known(codes: list[str], texts: dict[str, list[str]], first: int) -> Iterator[tuple[str, int]]:
    for home, code in enumerate(codes[:N_KNOWN]):
        yield from ((text, home) for text in texts[code][first : first + N_ASKED_EACH])


def _read_name(code: str) -> str:
    return code.replace("_", " ")


def answer_ours(wave: SecondWave) -> Answer:
    """Answer as the product does."""
    found = find_known_homes(wave.texts, wave.known, embedder=open_embedder(), cache=open_vectors())
    return Answer(found.homes[:, 0], found.nearness - found.border, found.is_new, found.sureness[:, 0])


def answer_zero_shot(wave: SecondWave) -> Answer:
    """Answer by the cosine to the names alone, with BERTopic's default border."""
    names = embed_texts([theme.name for theme in wave.known], open_embedder(), open_vectors())
    near = embed_texts(list(wave.texts), open_embedder(), open_vectors()) @ names.T
    best = near.max(axis=1)
    return Answer(near.argmax(axis=1), best, best < BERTOPIC_NEAREST, best)


def _judge_sureness(waves: list[SecondWave], answers: list[Answer]) -> Iterator[str]:
    """Yield for each band how many homes were offered so surely, and the share that is right."""
    sureness = np.concatenate([answer.sureness[~answer.is_new] for answer in answers])
    is_right = np.concatenate(
        [(answer.homes == wave.home_of)[~answer.is_new] for wave, answer in zip(waves, answers, strict=True)]
    )
    for low, high in BANDS.values():
        inside = (sureness >= low) & (sureness < high)
        yield f"{is_right[inside].mean():.2f} of {inside.sum()}" if inside.any() else "none"


def _score(wave: SecondWave, answer: Answer) -> tuple[float, ...]:
    is_new = wave.home_of < 0
    placed = np.where(answer.is_new, -1, answer.homes)
    return (
        f1_score(wave.home_of[~is_new], answer.homes[~is_new], average="macro"),
        roc_auc_score(is_new, -answer.nearness),
        average_precision_score(is_new, -answer.nearness),
        precision_score(is_new, answer.is_new, zero_division=0),
        recall_score(is_new, answer.is_new),
        f1_score(wave.home_of, placed, average="macro", zero_division=0),
    )


if __name__ == "__main__":
    main()
