"""Load the libraries of grouping and naming while texts are being embedded."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread


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
    try:
        import bertopic  # noqa: F401
        import scipy.cluster.hierarchy  # noqa: F401
        import spacy.lang.en  # noqa: F401
    except ImportError:
        return
