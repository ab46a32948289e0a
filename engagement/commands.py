"""What each word of the command line does. Slow parts load only in the word that needs them."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engagement.errors import EngagementError, NotFoundError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engagement.engagements import EngagementView
    from models.database import Record
    from models.sources import SourceKind


def serve(given: Namespace) -> None:
    """Start the web page, in the place of this process."""
    from engagement.ports import check_port
    from engagement.settings import HOUSE

    check_port(given.address, given.port)
    command = [
        sys.executable, "-m", "streamlit", "run", str(HOUSE / "app.py"),
        "--server.port", str(given.port), "--server.address", given.address, "--server.headless", "true",
    ]  # fmt: skip
    os.chdir(HOUSE)
    os.execv(sys.executable, command)  # noqa: S606  our own words only


def load_the_example(_given: Namespace) -> None:
    """Load the example engagement."""
    from engagement.listen.example import load_example, prepare_example
    from engagement.people.permissions import COMMAND_LINE

    example = prepare_example(COMMAND_LINE)
    with _open_record() as record, record.writing() as session:
        engagement_id = load_example(session, COMMAND_LINE, example)
        print(f"The example engagement is loaded, with {_count_voices(session, engagement_id)} voices.")


def import_sources(given: Namespace) -> None:
    """Bring files into an engagement, all of them or none."""
    from engagement.engagements import start_engagement
    from engagement.listen.importing import look_ahead, read_whole_upload, save_uploads, suggest_uploads
    from engagement.people.permissions import COMMAND_LINE

    kind = _read_kind(given.kind)
    read_files = read_whole_upload(COMMAND_LINE, [(path.name, _read_file(path)) for path in given.files])
    with _open_record() as record:
        with record.reading() as session:
            engagement_id, prompts = _find_with_prompts(session, given.engagement)
            uploads = suggest_uploads(session, COMMAND_LINE, read_files, prompts, kind)
        uploads = look_ahead(uploads, prompts)
        with record.writing() as session:
            if engagement_id is None:
                engagement_id = start_engagement(session, COMMAND_LINE, given.engagement)
            saved = save_uploads(session, COMMAND_LINE, engagement_id, uploads)
    for each in saved:
        print(f"{each.n_voices:6} voices from {each.title}")
    print(f"{sum(each.n_voices for each in saved):6} voices kept in {given.engagement}")


def theme_file(given: Namespace) -> None:
    """Propose themes for a csv file."""
    from engagement.theme_file import check_theme_count, read_texts, theme_texts, write_themed_file

    check_theme_count(given.themes)
    found = read_texts(given.file, given.text_column)
    themed = theme_texts(found, given.themes)
    write_themed_file(themed, given.out)
    print(f"{'voices':>6}  {'stable':>6}  theme")
    for number, label, size, stability, _keywords in themed.themes:
        print(f"{size:>6}  {round(float(stability) * 10):>3}/10  {number}. {label}")
    n_set_aside = sum(line[1] == "set-aside" for line in themed.assignments)
    print(f"{n_set_aside:>6}          set aside: they say nothing")
    print(f"Written: {given.out / 'themes.csv'} and {given.out / 'assignments.csv'}")


def print_ledger(given: Namespace) -> None:
    """Print the ledger of one engagement, or of all."""
    from engagement.answer.ledger import count_ledger

    with _open_record() as record, record.reading() as session:
        if given.engagement:
            engagements = [_find_engagement(session, given.engagement)]
        else:
            engagements = _list_engagements(session)
        for engagement in engagements:
            ledger = count_ledger(session, engagement.id)
            print(
                f"{engagement.name}: {ledger.unplaced} not yet themed + {ledger.themed} themed + "
                f"{ledger.in_priority} in a priority + {ledger.referred} referred + {ledger.parked} parked + "
                f"{ledger.withdrawn} withdrawn = {ledger.total} voices"
            )
        if not engagements:
            print("There are no engagements yet.")


def export_engagement(given: Namespace) -> None:
    """Write an engagement into a file, whole or not at all."""
    from engagement.answer.exports import export_workbook
    from engagement.people.permissions import COMMAND_LINE

    with _open_record() as record, record.writing() as session:
        engagement = _find_engagement(session, given.engagement)
        content = export_workbook(session, COMMAND_LINE, engagement.id)
    part = given.out.with_name(f".{given.out.name}.part")
    try:
        part.write_bytes(content)
        part.replace(given.out)
    except OSError as error:
        raise EngagementError(
            f"{given.out} cannot be written ({error.strerror}). Choose another place with --out."
        ) from error
    print(f"Written: {given.out}")


def check_everything(_given: Namespace) -> int:
    """Look the record over; 1 when something is wrong."""
    from engagement.checks import check_record

    with _open_record() as record:
        problems = check_record(record)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems found." if problems else "All is well.")
    return 1 if problems else 0


def migrate_record(_given: Namespace) -> None:
    """Bring the record to the newest shape."""
    from engagement.settings import read_settings
    from models.database import Record
    from models.migrate import upgrade_record

    with closing(Record(read_settings().record_url)) as record:
        copy = upgrade_record(record)
    print("The record is up to date." + (f" A copy from before is {copy}." if copy else ""))


@contextmanager
def _open_record() -> Iterator[Record]:
    """Open the record in the shape that this version needs; a new SQLite record is made on the way."""
    from engagement.record import prepare_record
    from engagement.settings import read_settings
    from models.database import Record

    with closing(Record(read_settings().record_url)) as record:
        prepare_record(record)
        yield record


def _list_engagements(session: Session) -> list[EngagementView]:
    from engagement.engagements import list_engagements
    from engagement.people.permissions import COMMAND_LINE

    return list(list_engagements(session, COMMAND_LINE))


def _find_engagement(session: Session, name: str) -> EngagementView:
    engagements = _list_engagements(session)
    for engagement in engagements:
        if engagement.name == name:
            return engagement
    known = ", ".join(f'"{each.name}"' for each in engagements) or "none yet"
    raise NotFoundError(f'There is no engagement called "{name}". There are: {known}.')


def _find_with_prompts(session: Session, name: str) -> tuple[int | None, list[str]]:
    """Give the id of an engagement with its prompts; None and none when it is still to be started."""
    from engagement.engagements import list_prompts

    found = [each.id for each in _list_engagements(session) if each.name == name]
    return (found[0], [each.text for each in list_prompts(session, found[0])]) if found else (None, [])


def _count_voices(session: Session, engagement_id: int) -> int:
    from engagement.answer.ledger import count_ledger

    return count_ledger(session, engagement_id).total


def _read_kind(word: str) -> SourceKind:
    from models.sources import SourceKind

    kinds = {kind.value: kind for kind in SourceKind}
    plain = word.lower().replace("_", " ")
    if plain not in kinds:
        raise EngagementError(f'There is no kind "{word}". Choose one of: {", ".join(kinds)}.')
    return kinds[plain]


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EngagementError(
            f"{path} cannot be read ({error.strerror}). Check the name and try again; nothing was taken in."
        ) from error
