"""Libraries and word vectors are loaded when they are needed, and not before."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from theming.embedding.minilm_weights import WordVectors
from theming.embedding.weights import find_packaged_files
from theming.loading import loading_ahead

HOUSE = Path(__file__).resolve().parents[2]
LOOK = """
import sys
import theming.engine
from theming.loading import LIBRARIES, loading_ahead
before = sorted(set(LIBRARIES) & set(sys.modules))
with loading_ahead():
    pass
print(before, sorted(set(LIBRARIES) - set(sys.modules)))
"""
LOOK_AT_FRENCH = """
import sys
from theming.labelling.foreign import load_small_words
print("une" in load_small_words("fr"), "spacy.lang.fr" in sys.modules)
"""


def test_the_engine_opens_light_and_all_is_loaded_when_the_block_ends() -> None:
    look = [sys.executable, "-W", "ignore", "-c", LOOK]

    done = subprocess.run(look, cwd=HOUSE, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["[]", "[]"]


def test_small_words_of_french_are_read_without_its_slow_patterns() -> None:
    look = [sys.executable, "-W", "ignore", "-c", LOOK_AT_FRENCH]

    done = subprocess.run(look, cwd=HOUSE, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", "False"]


def test_what_stops_the_block_stops_it_still() -> None:
    with pytest.raises(KeyError), loading_ahead():
        raise KeyError


def test_a_library_that_is_missing_is_left_to_whoever_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("theming.loading.LIBRARIES", ("no_such_library", "json"))

    with loading_ahead():
        pass

    assert "no_such_library" not in sys.modules


def test_word_vectors_are_those_of_the_file_in_whatever_order_they_are_met() -> None:
    path = find_packaged_files().weights
    with safe_open(path, framework="numpy") as held:
        table = held.get_tensor("embeddings.word_embeddings.weight")
    words = WordVectors(path)

    words.read(np.array([7, 30521, 7]))
    words.read(np.array([30521, 0, 2000]))

    asked = np.array([[0, 7], [30521, 2000]])
    assert words.look_up(asked).tobytes() == table[asked].tobytes()
