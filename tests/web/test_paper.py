"""Cards and headings over the web: for whoever runs workshops, as PDF and as a page, and in the record."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engagement.people.accounts import add_account
from models.database import Record
from models.decisions import Decision
from models.people import Role
from tests.web.conftest import EMAIL, PASSWORD, TestClient
from tests.workshop.conftest import SAID, Table, make_room, make_table
from tests.workshop.paper_cards import read_pages

CHINESE = "我坐不到公交车"


@pytest.fixture
def table(web_record: Record) -> Table:
    """A board."""
    return make_table(make_room(web_record))


@pytest.fixture
def ada(client: TestClient, table: Table, administrator) -> TestClient:
    """A browser that the administrator has signed in with."""
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    return client


def ask(client: TestClient, table: Table, what: str):
    return client.get(f"/paper/{table.workshop_id}/{what}")


def list_printed(table: Table) -> list[tuple[str, dict]]:
    with table.record.reading() as session:
        query = select(Decision.kind, Decision.details).where(Decision.kind.startswith("printed"))
        return [(kind, details) for kind, details in session.execute(query.order_by(Decision.seq))]


def test_cards_come_as_pdf_with_the_day_and_stand_in_the_record_without_words(
    ada: TestClient, table: Table
) -> None:
    answer = ask(ada, table, "cards.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith(
        f'attachment; filename="cards-{table.workshop_id}-2'
    )
    assert answer.headers["cache-control"] == "no-store"
    assert all(words in read_pages(answer.content)[0] for words in SAID)
    assert list_printed(table) == [
        ("printed cards", {"name": "Workshop 1", "form": "PDF", "n_printed": 8}),
    ]


def test_cards_come_as_a_page_with_every_word_escaped_and_a_code_to_the_thread(
    client: TestClient, web_record: Record, administrator
) -> None:
    table = make_table(make_room(web_record, [*SAID, "<b>The bus</b> & I"]))
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})

    page = ask(client, table, "cards").text

    assert "&lt;b&gt;The bus&lt;/b&gt; &amp; I" in page
    assert page.count("<article") == 9
    assert all(f'voice={voice}"' in page for voice in table.voices)
    assert page.count("<svg") == page.count("<article")
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_one_theme_and_one_table_can_be_chosen(ada: TestClient, table: Table) -> None:
    online = table.themes["Online"]

    assert ask(ada, table, f"cards?of={online}").text.count("<article") == 2
    assert ask(ada, table, "cards?of=unplaced&table=2&tables=2").text.count("<article") == 1
    assert "Not yet placed, table 2 of 2" in ask(ada, table, "cards?of=unplaced&table=2&tables=2").text


def test_headings_come_as_pdf_and_as_a_page(ada: TestClient, table: Table) -> None:
    pages = read_pages(ask(ada, table, "headings.pdf?empty=1").content)
    page = ask(ada, table, "headings?empty=2").text

    assert "Theme 1 Getting about" in pages[0]
    assert len(pages) == 2
    assert page.count("<section") == 5
    assert [kind for kind, _details in list_printed(table)] == ["printed headings", "printed headings"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("cards?of=99999", "does not stand on this board"),
        ("cards?of=x", "“x” is no theme"),
        ("cards.pdf?table=3&tables=2", "There is no table 3"),
        ("headings?empty=900", "900 empty headings cannot be had"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_a_sentence(
    ada: TestClient, table: Table, asked: str, said: str
) -> None:
    answer = ask(ada, table, asked)

    assert answer.status_code == 404
    assert said in answer.text
    assert list_printed(table) == []


def test_letters_without_a_font_are_told_and_the_page_is_offered(client, web_record, administrator) -> None:
    table = make_table(make_room(web_record, [*SAID, CHINESE]))
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})

    answer = ask(client, table, "cards.pdf?tables=1")

    assert answer.status_code == 409
    assert f'Card 9: <span dir="auto">{CHINESE}</span>' in answer.text
    assert 'href="cards?tables=1"' in answer.text
    assert list_printed(table) == []
    assert CHINESE in ask(client, table, "cards").text
    assert ask(client, table, "cards.pdf?anyway=yes").headers["content-type"] == "application/pdf"


def test_nobody_else_prints(client: TestClient, table: Table, administrator) -> None:
    stranger = ask(client, table, "cards.pdf")
    with table.record.writing() as session:
        add_account(
            session, administrator, email="lee@example.org", name="Lee", role=Role.LEAD, password=PASSWORD
        )
    client.post("/sign-in", data={"email": "lee@example.org", "password": PASSWORD})
    lead = ask(client, table, "cards.pdf")

    assert stranger.status_code == 303
    assert stranger.headers["location"].startswith("/sign-in")
    assert lead.status_code == 403
    assert SAID[0] not in lead.text
