"""The embedding model that the settings ask for, and plain words where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engagement.errors import EngagementError
from engagement.settings import read_settings
from theming.embedding.protocol import Embedder


@contextmanager
def chosen_embedder() -> Iterator[Embedder]:
    """Give the embedder to work with; turn what is wrong with its files into a sentence for a person.

    Raises
    ------
    EngagementError
        When the files of the model are missing, damaged, or not of a kind that is known.
    """
    from theming.embedding.choose import choose_embedder
    from theming.errors import ModelFileError

    settings = read_settings()
    folder = Path(settings.model_folder) if settings.model_folder else None
    try:
        yield choose_embedder(folder, n_threads=settings.worker_threads)
    except ModelFileError as error:
        advice = (
            "Correct ENGAGEMENT_MODEL_FOLDER, or leave it out to use the model that comes with the product."
            if folder
            else "Install requirements.txt again."
        )
        raise EngagementError(f"The embedding model cannot be used. {error} {advice}") from error
