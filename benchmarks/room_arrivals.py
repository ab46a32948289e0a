"""People come in: each joins by the page of the QR code, then all load their seat's page at once."""

from __future__ import annotations

import asyncio
import gzip
import re
import time
from dataclasses import dataclass, field

import httpx

from benchmarks.room_hall import Hall

SECTORS = ("resident", "VCSE", "council")
AT_ONCE = 20
"""People who join at the same moment: a hall points its phones at the code within a minute."""

PATIENCE_S = 120

_FILES = re.compile(r'(?:src|href)="(/[^"]+\.(?:js|css))"')


@dataclass
class Arrived:
    """Who came in: a cookie for each seat, and what coming in took.

    ``joins`` and ``states`` are in milliseconds; ``pages_s`` is the time in which all pages were served, with
    the scripts and styles that they name, to browsers that had none of them.
    """

    cookies: list[str] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    states: list[float] = field(default_factory=list)
    pages_s: float = 0.0


async def let_in(hall: Hall, n_seats: int) -> Arrived:
    """Let so many people join and load their page, each by their server."""
    arrived = Arrived()
    few = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=0)
    async with httpx.AsyncClient(timeout=PATIENCE_S, limits=limits) as client:
        joins = (_join(client, hall, seat, few, arrived) for seat in range(n_seats))
        arrived.cookies = await asyncio.gather(*joins)
    start = time.perf_counter()
    loads = (_load_page(hall, seat, cookie) for seat, cookie in enumerate(arrived.cookies))
    await asyncio.gather(*loads)
    arrived.pages_s = time.perf_counter() - start
    return arrived


async def _join(
    client: httpx.AsyncClient, hall: Hall, seat: int, few: asyncio.Semaphore, arrived: Arrived
) -> str:
    address = f"{hall.find_url(seat)}/join/{hall.join_key}"
    async with few:
        start = time.perf_counter()
        form = {"nickname": f"Person {seat + 1}", "sector": SECTORS[seat % len(SECTORS)]}
        answer = await client.post(address, data=form, headers={"Cookie": ""})
        arrived.joins.append(1000 * (time.perf_counter() - start))
    if answer.status_code != 303:
        raise RuntimeError(f"Seat {seat} was not given: {answer.status_code} {answer.text[:300]}")
    return str(answer.headers["set-cookie"].partition(";")[0])


async def _load_page(hall: Hall, seat: int, cookie: str) -> None:
    """Load one seat's page and the files that it names, as a phone does that was never here."""
    port = hall.ports[seat % len(hall.ports)]
    page = await _fetch(port, f"/seat/{hall.workshop_id}", cookie)
    await asyncio.gather(*(_fetch(port, path, cookie) for path in sorted(set(_FILES.findall(page.decode())))))


async def _fetch(port: int, path: str, cookie: str) -> bytes:
    """Fetch something over a connection of its own; a client for everything would cost more than serving."""
    reader, writer = await asyncio.open_connection("localhost", port)
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n"
    writer.write(f"{asked}Accept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode())
    head, _end, body = (await reader.read(-1)).partition(b"\r\n\r\n")
    writer.close()
    told = head.lower()
    if not told.startswith(b"http/1.1 200") or f"content-length: {len(body)}".encode() not in told:
        raise RuntimeError(f"{path} was not served: {head[:300]!r}")
    return gzip.decompress(body) if b"content-encoding: gzip" in told else body
