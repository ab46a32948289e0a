"""The live board's suggestions: worked out once for each state of a board, however many pages ask."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from weakref import WeakKeyDictionary

from engagement.people.permissions import Act, check_may
from engagement.theming_runs.suggestions import TOO_EARLY
from engagement.theming_runs.tray import suggest_for_trays
from engagement.web.live_callers import Claims, find_caller
from engagement.workshop.boards import BoardStamp, list_stamps
from models.database import Record


class SuggestionDesk:
    """Keeps the newest answer for each board of each open record."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Record, dict[int, tuple[BoardStamp, bytes]]] = WeakKeyDictionary()
        self._turn = threading.Lock()

    def read(self, record: Record, claims: Claims) -> bytes:
        """Give what is suggested on a board as JSON. While it is worked out, others wait for it."""
        with record.reading() as session:
            person = find_caller(session, claims)
            check_may(person, Act.READ)
            with self._turn:
                stamp = list_stamps(session, [claims.workshop_id]).get(claims.workshop_id)
                kept = self._kept.setdefault(record, {})
                known = kept.get(claims.workshop_id)
                if stamp is not None and known is not None and known[0] == stamp:
                    return known[1]
                found = suggest_for_trays(session, person, claims.workshop_id)
                answer = json.dumps(asdict(found), separators=(",", ":")).encode()
                # Other notes ask for something beside the board, so that its stamp would not tell.
                if stamp is not None and found.note in ("", TOO_EARLY):
                    kept[claims.workshop_id] = (stamp, answer)
                return answer


DESK = SuggestionDesk()
