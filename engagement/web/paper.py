"""Routes: cards and headings of a board to print, as PDF or as a page that the browser prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from engagement.errors import EngagementError, NotAllowedError
from engagement.people.permissions import Person
from engagement.plan.due_dates import write_date
from engagement.web.doors import find_visitor, get_record
from engagement.web.pages import show_page
from engagement.web.screen import find_origin
from engagement.workshop.paper.printing import USUAL_EMPTY, NoLettersError, print_cards, print_headings
from engagement.workshop.paper.sheet_pdf import draw_cards, draw_headings
from engagement.workshop.paper.sheets import UNPLACED, Card, Choice, Sheets


@dataclass(frozen=True)
class PrintedCard:
    """A card with its QR code as a picture that stands in the page."""

    card: Card
    qr: str


def show_cards(request: Request) -> Response:
    """Show cards on a page that prints as cards to cut out."""

    def show(person: Person) -> Response:
        sheets = _read_cards(request, person, "page", needs_letters=False)
        origin = find_origin(request)
        cards = [PrintedCard(card, draw_code(origin + card.path)) for card in sheets.cards]
        return show_page("paper_cards.html", sheets=sheets, cards=cards, printed_on=write_date(date.today()))

    return _answer(request, show)


def send_cards(request: Request) -> Response:
    """Send cards as PDF; where a letter has no font, say so and point at the page instead."""

    def send(person: Person) -> Response:
        try:
            sheets = _read_cards(request, person, "PDF", needs_letters=not request.query_params.get("anyway"))
        except NoLettersError as refusal:
            asked = request.url.query
            return show_page("paper_letters.html", 409, problem="", letters=refusal.letters, asked=asked)
        pdf = draw_cards(sheets, find_origin(request), write_date(date.today()))
        return _send(pdf, "cards", request)

    return _answer(request, send)


def show_headings(request: Request) -> Response:
    """Show headings on a page that prints two to a sheet."""

    def show(person: Person) -> Response:
        sheets, n_empty = _read_headings(request, person, "page")
        return show_page("paper_headings.html", sheets=sheets, n_empty=n_empty)

    return _answer(request, show)


def send_headings(request: Request) -> Response:
    """Send headings as PDF."""

    def send(person: Person) -> Response:
        sheets, n_empty = _read_headings(request, person, "PDF")
        return _send(draw_headings(sheets.headings, sheets.title, n_empty), "headings", request)

    return _answer(request, send)


def draw_code(address: str) -> str:
    """Draw a QR code for a page, quickly: hundreds stand on one."""
    code = segno.make(address, error="l", mask=2)
    return str(code.svg_inline(border=0, dark="#000", light="#fff", omitsize=True, lineclass=None))


def _answer(request: Request, answer: Callable[[Person], Response]) -> Response:
    person = find_visitor(request)
    if person is None:
        return RedirectResponse("/sign-in", 303, headers={"Cache-Control": "no-store"})
    try:
        return answer(person)
    except EngagementError as refusal:
        status = 403 if isinstance(refusal, NotAllowedError) else 404
        return show_page("paper_refused.html", status, problem=str(refusal))


def _read_cards(request: Request, person: Person, form: str, *, needs_letters: bool) -> Sheets:
    asked = request.query_params
    of = asked.get("of", "")
    choice = Choice(
        of=of if of == UNPLACED else _read_number(of, "theme") if of else None,
        table=_read_number(asked.get("table", "1"), "table"),
        n_tables=_read_number(asked.get("tables", "1"), "number of tables"),
    )
    with get_record().writing() as session:
        workshop_id = request.path_params["workshop"]
        return print_cards(session, person, workshop_id, choice, form, needs_letters=needs_letters)


def _read_headings(request: Request, person: Person, form: str) -> tuple[Sheets, int]:
    n_empty = _read_number(request.query_params.get("empty", str(USUAL_EMPTY)), "number of headings")
    with get_record().writing() as session:
        return print_headings(session, person, request.path_params["workshop"], n_empty, form), n_empty


def _read_number(asked: str, what: str) -> int:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise EngagementError(f"“{asked[:40]}” is no {what}. Go back, and choose again.")
    return int(asked)


def _send(pdf: bytes, what: str, request: Request) -> Response:
    name = f"{what}-{request.path_params['workshop']}-{date.today():%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


PAPER_ROUTES = (
    Route("/paper/{workshop:row}/cards", show_cards, methods=["GET"]),
    Route("/paper/{workshop:row}/cards.pdf", send_cards, methods=["GET"]),
    Route("/paper/{workshop:row}/headings", show_headings, methods=["GET"]),
    Route("/paper/{workshop:row}/headings.pdf", send_headings, methods=["GET"]),
)
