"""What can stop a theming run."""


class TooFewTexts(ValueError):  # noqa: N818 - the name is the sentence that a caller reads
    """Say that too few texts say something.

    Parameters
    ----------
    count : int
        Number of texts that say something.
    floor : int
        Fewest texts with which grouping means anything.
    """

    def __init__(self, count: int, floor: int) -> None:
        super().__init__(f"n_texts == {count} that say something, must be >= {floor}.")
        self.count = count
        self.floor = floor


class ModelFileError(ValueError):
    """Say that the files of an embedding model are missing or are not the published ones."""
