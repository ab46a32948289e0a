"""People come in: each joins by the page of the QR code, then all load their seat's page at once."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field

import httpx

SECTORS = ("resident", "VCSE", "council")
AT_ONCE = 20
"""People who join at the same moment: a hall points its phones at the code within a minute."""

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


async def let_in(url: str, join_key: str, n_seats: int) -> Arrived:
    """Let so many people join and load their page."""
    arrived = Arrived()
    few = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_connections=n_seats, max_keepalive_connections=0)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        await asyncio.gather(*(_join(client, join_key, seat, few, arrived) for seat in range(n_seats)))
        client.cookies.clear()
        start = time.perf_counter()
        await asyncio.gather(*(_load_page(client, cookie) for cookie in arrived.cookies))
        arrived.pages_s = time.perf_counter() - start
    return arrived


async def _join(
    client: httpx.AsyncClient, join_key: str, seat: int, few: asyncio.Semaphore, arrived: Arrived
) -> None:
    async with few:
        start = time.perf_counter()
        form = {"nickname": f"Person {seat + 1}", "sector": SECTORS[seat % len(SECTORS)]}
        answer = await client.post(f"/join/{join_key}", data=form, headers={"Cookie": ""})
        arrived.joins.append(1000 * (time.perf_counter() - start))
    if answer.status_code != 303:
        raise RuntimeError(f"Seat {seat} was not given: {answer.status_code} {answer.text[:300]}")
    arrived.cookies.append(answer.headers["set-cookie"].partition(";")[0])


async def _load_page(client: httpx.AsyncClient, cookie: str) -> None:
    """Load one seat's page and the files that it names, as a phone does that was never here."""
    workshop_id = cookie.partition("=")[0].rpartition("_")[2]
    page = await client.get(f"/seat/{workshop_id}", headers={"Cookie": cookie})
    page.raise_for_status()
    for answer in await asyncio.gather(*map(client.get, sorted(set(_FILES.findall(page.text))))):
        answer.raise_for_status()
