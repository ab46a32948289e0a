"""Paper, through the front door: who gets there, and what is said when nothing can be done."""

from __future__ import annotations

from engagement.workshop.boards import close_board
from tests.builders import FACILITATOR, LEAD, add_voices
from tests.screens.test_workshop_screen import fill_record, read_texts

SCREEN = "paper.py"


def test_a_lead_neither_prints_nor_brings_back(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)

    app = signed_in_app(LEAD, SCREEN, table.room.engagement_id)

    assert not app.exception
    assert [each.value for each in app.error] != []
    assert not app.text_input


def test_without_a_workshop_the_way_to_one_is_shown(signed_in_app, screen_record) -> None:
    with screen_record.writing() as session:
        engagement_id = add_voices(session, ["The bus."]).id

    app = signed_in_app(FACILITATOR, SCREEN, engagement_id)

    assert not app.exception
    assert "There is no workshop yet. Open a board first; its cards can then be printed." in read_texts(app)


def test_a_closed_board_is_printed_and_takes_nothing_back(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    with screen_record.writing() as session:
        close_board(session, FACILITATOR, table.workshop_id)

    app = signed_in_app(FACILITATOR, SCREEN, table.room.engagement_id)

    assert not app.exception
    assert "The board is closed, so nothing can be brought back" in read_texts(app)
    assert not app.text_input


def test_shares_of_a_table_and_cards_of_a_theme_are_counted_before_printing(
    signed_in_app, screen_record
) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, SCREEN, table.room.engagement_id)
    cards = table.look()["cards"]
    theme_id = next(iter(table.themes.values()))

    app.number_input(key=f"tables-{table.workshop_id}").set_value(2).run()
    app.number_input(key=f"table-{table.workshop_id}").set_value(2).run()
    shares = [each.proto.label for each in app.get("link_button")]
    app.number_input(key=f"tables-{table.workshop_id}").set_value(1).run()
    app.selectbox(key=f"of-{table.workshop_id}").set_value(theme_id).run()
    of_theme = [each.proto.label for each in app.get("link_button")]

    assert not app.exception
    assert f"Download {len(cards) // 2} cards as PDF" in shares
    assert f"Download {sum(card['home'] == theme_id for card in cards)} cards as PDF" in of_theme


def test_a_sheet_that_cannot_be_read_is_refused_in_a_sentence(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, SCREEN, table.room.engagement_id)
    app.radio(key=f"way-{table.workshop_id}").set_value("Upload a sheet (CSV)").run()

    app.file_uploader[0].set_value(("cards.csv", b"Number,Group\n1,Online\n", "text/csv")).run()

    assert not app.exception
    assert any("There is no column “Card” in the first row" in each.value for each in app.error)
