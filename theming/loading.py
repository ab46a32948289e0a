"""Load the libraries of grouping and naming while texts are being embedded."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread

LIBRARIES = ("scipy.cluster.hierarchy", "bertopic", "spacy.lang.en")


@contextmanager
def loading_ahead() -> Iterator[None]:
    """Load what comes later in a thread of its own; all of it is loaded when the block ends.

    Rationale: embedding is arithmetic outside Python, so another thread may run Python meanwhile.
    The block waits for it, so that no two threads ever load parts of one library at once.
    """
    loader = Thread(target=_load_libraries, name="loading ahead")
    loader.start()
    try:
        yield
    finally:
        loader.join()


def _load_libraries() -> None:
    """Load each library; one that cannot be loaded says so where it is used."""
    for library in LIBRARIES:
        with suppress(ImportError):
            import_module(library)
