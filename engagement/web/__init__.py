"""Routes beside Streamlit: sign-in, the live board, health."""

from __future__ import annotations

from starlette.convertors import IntegerConvertor, register_url_convertor


class RowConvertor(IntegerConvertor):
    """The number of a row in an address, such as ``/seat/{workshop:row}``.

    A number that is too large for any row is no address of ours: no database could even look for it.
    """

    regex = "[0-9]{1,9}"


# Here, so that it is known before any route is made.
register_url_convertor("row", RowConvertor())
