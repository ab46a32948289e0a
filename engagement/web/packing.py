"""Packing (gzip) what many get: once, not again for each of them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from starlette.requests import Request
from starlette.responses import Response

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END_OF_BLOCKS = b"\x03\x00"
_LEVEL = 6


@dataclass(frozen=True)
class SharedWords:
    """Words that stand at the end of many answers."""

    words: bytes

    @cached_property
    def blocks(self) -> bytes:
        """Give them packed, in blocks that can stand behind any others."""
        return _pack_blocks(self.words)

    def pack_behind(self, own: bytes) -> bytes:
        """Pack somebody's own words with these behind them, as one gzip file.

        Examples
        --------
        >>> gzip.decompress(SharedWords(b"for all").pack_behind(b"for you, "))
        b'for you, for all'
        """
        check = zlib.crc32(self.words, zlib.crc32(own))
        length = (len(own) + len(self.words)) % 2**32
        end = check.to_bytes(4, "little") + length.to_bytes(4, "little")
        return b"".join((_HEAD, _pack_blocks(own), self.blocks, _END_OF_BLOCKS, end))


def answer_for_ever(request: Request, content: bytes, media_type: str) -> Response:
    """Answer with a file that never changes, packed where the browser takes that."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if takes_packed(request):
        return answer_packed(pack_once(content), media_type, headers)
    return Response(content, media_type=media_type, headers=headers)


def answer_packed(packed: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """Answer with words that are packed already."""
    told = {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(packed, media_type=media_type, headers=told)


def takes_packed(request: Request) -> bool:
    """Tell whether the browser takes packed answers."""
    return "gzip" in request.headers.get("accept-encoding", "")


@cache
def pack_once(content: bytes) -> bytes:
    """Pack a file that never changes as tightly as can be, and keep it packed."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def _pack_blocks(words: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(words) + packer.flush(zlib.Z_FULL_FLUSH)
