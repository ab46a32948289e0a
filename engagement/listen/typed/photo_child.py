"""The process that looks whether a picture is whole, with the limits of `engagement.listen.reading_child`.

Run by ``engagement.listen.typed.photo_files`` with the picture on standard input. It answers with JSON; on a
refusal it ends with code 3.
"""

from __future__ import annotations

import io
import json
import struct
import sys

from PIL import Image

from engagement.errors import UnreadableFileError
from engagement.listen.reading_child import REFUSED, limit_process

MAX_PIXELS = 60_000_000
"""Rationale: phones take up to 50 megapixels; 60 million of three bytes are 180 MB while they are decoded."""
PLACE_TAG = 0x8825
PLACE_WORDS = b"GPSLatitude"
"""How XMP, the other way of saying it, names a place."""
DAMAGED = "is damaged or was cut off on its way. Send it again from the phone, or take the picture once more."


def look_at(content: bytes) -> dict[str, object]:
    """Decode a whole picture; give its media type and whether it says where it was taken.

    Raises
    ------
    UnreadableFileError
        When it is damaged, or has more than ``MAX_PIXELS``.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, with a sentence of its own
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise UnreadableFileError(
                    f"has {width:,} × {height:,} dots; at most {MAX_PIXELS:,} are let in. Make it smaller."
                )
            picture.load()
            media_type = "image/png" if picture.format == "PNG" else "image/jpeg"
            has_place = bool(picture.getexif().get_ifd(PLACE_TAG)) or PLACE_WORDS in content
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, struct.error) as error:
        raise UnreadableFileError(DAMAGED) from error
    return {"media_type": media_type, "has_place": has_place}


def main() -> int:
    """Look at the picture on standard input and answer on standard output."""
    Image.preinit()
    limit_process()
    try:
        answer, code = json.dumps(look_at(sys.stdin.buffer.read())), 0
    except UnreadableFileError as error:
        answer, code = json.dumps({"message": str(error)}), REFUSED
    sys.stdout.write(answer)
    return code


if __name__ == "__main__":
    sys.exit(main())
