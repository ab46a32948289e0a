"""What can go wrong for a person: each error says what is wrong, with the value, and what to do next."""


class EngagementError(Exception):
    """Something that a person asked for cannot be done. The message is a plain sentence for that person.

    Parameters
    ----------
    message : str
        The sentence; with ``values``, one with a place for each, such as ``{name}``. It is the key under
        which the languages of the participants' pages have it.
    **values : object
        What is put into the sentence.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.key = message
        self.values = values


class NotAllowedError(EngagementError):
    """The person may not do this."""


class NotFoundError(EngagementError):
    """What the person asked for is not in the record (any more)."""


class ConflictError(EngagementError):
    """Somebody else changed the same thing first."""


class UnreadableFileError(EngagementError):
    """A file cannot be read; says where, if that is known.

    Parameters
    ----------
    message : str
        A plain sentence for the person who brought the file.
    row : int or None
        The row of the sheet as a person counts it, header included.
    """

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row
