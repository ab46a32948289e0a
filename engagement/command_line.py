"""The words of the command line, and what each one calls."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from engagement import commands
from engagement.errors import EngagementError

KINDS = "focus group, survey, drop-in, interview, letter or event"
PLACES = """\
Where things are kept (environment variables):
  ENGAGEMENT_DATABASE_URL  the record: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME
                           (not set: common-thread.db in the data folder)
  ENGAGEMENT_DATA_DIR      the data folder, for the record, keys and caches (not set: data/local)

Exit codes: 0 all went well; 1 `check` found problems; 2 it could not be done, and nothing was changed.
"""


def run_command(words: Sequence[str]) -> int:
    """Do what the words ask and give the exit code: 0 well, 1 problems found, 2 could not be done."""
    parser = make_parser()
    given = parser.parse_args(words)
    if "act" not in given:
        parser.print_help()
        return 2
    try:
        return int(given.act(given) or 0)
    except EngagementError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 2


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="python -m engagement",
        description="Common Thread: from people's own words to action, and back to the rooms that spoke.",
        epilog=PLACES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    for add_verb in (
        _add_serve, _add_example, _add_import, _add_theme, _add_ledger, _add_export, _add_check, _add_migrate,
    ):  # fmt: skip
        add_verb(verbs)
    return parser


Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_verb(verbs: Verbs, name: str, what: str, more: str) -> argparse.ArgumentParser:
    return verbs.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.\n\n{textwrap.dedent(more).strip()}",
        epilog=PLACES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _add_serve(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "serve",
        "start the product and say where it is",
        """
        Starts the web page on this computer. At the first start a one-time code is printed here; whoever
        types it on the page becomes the first administrator. Ctrl-C stops it; nothing is lost.
        """,
    )
    verb.add_argument("--port", type=int, default=8501, help="the port to listen on (8501)")
    verb.add_argument(
        "--address", default="127.0.0.1", help="the address to listen on (127.0.0.1: this computer only)"
    )
    verb.set_defaults(act=commands.serve)


def _add_example(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "example",
        "load the made-up example engagement: 14 focus groups, a survey, 614 voices",
        """
        Loads it once; loading it a second time changes nothing and says so.
        """,
    )
    verb.set_defaults(act=commands.load_the_example)


def _add_import(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "import",
        "bring sources in: notes, surveys and transcripts",
        """
        Reads every file, keeps it byte for byte, and keeps each voice with where it came from. All files are
        taken in, or none. Notes may be docx, odt, pdf, txt or md files, surveys xlsx, ods, csv or tsv,
        transcripts vtt, srt or txt. Columns are recognised; use the Sources screen to choose them by hand. A
        file that is in the engagement already is refused.

        Example:
          python -m engagement import notes/*.docx --engagement "Leading lives" --kind "focus group"
        """,
    )
    verb.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a file of notes, a survey or a transcript"
    )
    verb.add_argument("--engagement", required=True, metavar="NAME", help="the engagement; made if it is new")
    verb.add_argument("--kind", required=True, metavar="KIND", help=f"how people were heard: {KINDS}")
    verb.set_defaults(act=commands.import_sources)


def _add_theme(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "theme",
        "propose themes for the texts of a csv file, without any record",
        """
        Writes two files into the folder given by --out:
          themes.csv       theme,label,size,stability,keywords
          assignments.csv  row,theme,strength,alternatives
        `row` counts the rows below the header from 0; rows without words are left out. Texts that say
        nothing ("n/a", ".") get the theme `set-aside`. `stability` and `strength` run from 0 to 1;
        `alternatives` are up to three other themes, the nearest first, joined by `|`.
        The same texts in any order give the same themes.

        Example:
          python -m engagement theme survey.csv --text-column answer --out themes
        """,
    )
    verb.add_argument("file", type=Path, metavar="FILE.csv", help="a csv file with a header row")
    verb.add_argument("--text-column", default="text", metavar="NAME", help="the column of texts (text)")
    verb.add_argument("--themes", type=int, metavar="N", help="how many themes (the engine chooses)")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
    verb.set_defaults(act=commands.theme_file)


def _add_ledger(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "ledger",
        "print where every voice stands; the six counts add up to the number of voices",
        """
        Prints one line for each engagement: not yet themed, themed, in a priority, referred, parked,
        withdrawn.
        """,
    )
    verb.add_argument("--engagement", metavar="NAME", help="only this engagement (all)")
    verb.set_defaults(act=commands.print_ledger)


def _add_export(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "export",
        "write an engagement into a file",
        """
        The xlsx holds voices, themes, priorities, actions, referrals, the ledger and the decisions. Words
        stay exactly as they were said, also those that look like a formula.
        """,
    )
    verb.add_argument("--engagement", required=True, metavar="NAME", help="the engagement")
    verb.add_argument("--format", required=True, choices=["xlsx"], help="the kind of file")
    verb.add_argument("--out", type=Path, required=True, metavar="PATH", help="the file to write")
    verb.set_defaults(act=commands.export_engagement)


def _add_check(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "check",
        "look the whole record over and say what is wrong, if anything",
        """
        Checks the database file, the chains of decisions and board events, every ledger, and that each
        voice still reads as in its stored file. Changes nothing. Exit code 1 when something is wrong.
        """,
    )
    verb.set_defaults(act=commands.check_everything)


def _add_migrate(verbs: Verbs) -> None:
    verb = _add_verb(
        verbs,
        "migrate",
        "bring the record to the shape that this version needs",
        """
        An SQLite record is copied first, and is also migrated whenever the product starts. A PostgreSQL
        record is only ever migrated by this word; back it up first with pg_dump.
        """,
    )
    verb.set_defaults(act=commands.migrate_record)
