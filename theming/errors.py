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


class WorkersLost(RuntimeError):  # noqa: N818 - the name is the sentence that a caller reads
    """Say that the workers of a cluster, or its scheduler, are not there or have gone.

    Parameters
    ----------
    address : str
        The scheduler's.
    reason : str
        What is missing, in a few words.
    """

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(address, reason)
        self.address = address
        self.reason = reason


class WorkersDiffer(RuntimeError):  # noqa: N818 - the name is the sentence that a caller reads
    """Say that a worker runs something else than this process, so its results may differ.

    Parameters
    ----------
    worker : str
        The worker's address.
    differing : tuple of str
        What differs.
    """

    def __init__(self, worker: str, differing: tuple[str, ...]) -> None:
        super().__init__(worker, differing)
        self.worker = worker
        self.differing = differing
