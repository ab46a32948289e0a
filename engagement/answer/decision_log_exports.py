"""The decision log to take away: as a Word document, as a page that opens anywhere, and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date

from sqlalchemy.orm import Session

from engagement.answer.decision_log import DecisionLog, LogLine, read_decision_log
from engagement.answer.docx_pages import write_docx
from engagement.answer.method_exports import defuse, open_templates
from engagement.decisions import record_decision
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.due_dates import write_date

HEADINGS = ("Number", "When", "Who", "What", "Why", "Voices")
EXPLAINED = (
    "Each act on the board and about the workshop, the oldest first. Times are UTC. Voices are named by "
    "their number and place in the notes; no voice's words stand here."
)


def export_log_docx(session: Session, person: Person, workshop_id: int, today: date) -> bytes:
    """Make the decision log as a Word document with one table."""
    log = _open_log(session, person, workshop_id, "docx")
    about = (f"{log.workshop}. Written on {write_date(today)}.", log.came, EXPLAINED)
    paragraphs = tuple(each for each in about if each)
    return write_docx(_name(log), paragraphs, HEADINGS, [_write_line(line) for line in log.lines])


def export_log_page(session: Session, person: Person, workshop_id: int, today: date) -> bytes:
    """Make the decision log as one HTML page that needs nothing else."""
    log = _open_log(session, person, workshop_id, "page")
    words = {
        "title": _name(log),
        "log": log,
        "written_on": write_date(today),
        "explained": EXPLAINED,
        "headings": HEADINGS,
        "rows": [_write_line(line) for line in log.lines],
    }
    return open_templates().get_template("decision_log.html").render(words).encode()


def export_log_csv(session: Session, person: Person, workshop_id: int, today: date) -> bytes:
    """Make the decision log as CSV, one line for each act; no cell is a formula."""
    log = _open_log(session, person, workshop_id, "CSV")
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    writer.writerows([defuse(cell) for cell in _write_line(line)] for line in log.lines)
    return written.getvalue().encode("utf-8-sig")


def _open_log(session: Session, person: Person, workshop_id: int, form: str) -> DecisionLog:
    """Read the log for somebody who may take it away, and note that they did."""
    check_may(person, Act.EXPORT)
    log = read_decision_log(session, person, workshop_id)
    record_decision(
        session,
        person,
        "downloaded decision log",
        subject="workshop",
        subject_id=workshop_id,
        details={"name": log.workshop, "form": form, "n_lines": len(log.lines)},
    )
    return log


def _name(log: DecisionLog) -> str:
    return f"Decision log: {log.engagement}"


def _write_line(line: LogLine) -> tuple[str, ...]:
    step = "" if line.step is None else f" (step {line.step})"
    when = f"{write_date(line.at.date())}, {line.at:%H:%M}"
    return (str(line.number), when, line.who, f"{line.what}{step}", line.why, line.voices)
