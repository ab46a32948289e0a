"""Looking after it: people, sign-ins and the record, through the front door."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from engagement.people.passwords import hash_password
from engagement.people.sign_in import sign_in
from models.people import Account, Role
from models.voices import Voice
from tests.builders import ADMINISTRATOR, FACILITATOR, LEAD, VIEWER, add_account, add_voices

SCREEN = "looking_after.py"


def find_button(app, label):
    return next(button for button in app.button if button.label.startswith(label))


def read_account(record, email):
    with record.reading() as session:
        row = session.execute(
            select(Account.name, Account.role, Account.is_active).where(Account.email == email)
        )
        return tuple(row.one())


@pytest.mark.parametrize("person", [VIEWER, LEAD, FACILITATOR], ids=lambda person: person.role.value)
def test_only_administrators_may_look(signed_in_app, person):
    app = signed_in_app(person, SCREEN)

    assert "may not manage accounts" in app.error[0].value
    assert not app.tabs


def test_somebody_is_added_and_can_sign_in(signed_in_app, screen_record):
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    app.text_input[0].set_value("Priya Shah")
    app.text_input[1].set_value("Priya@example.org")
    app.text_input[2].set_value("three plain words")
    app.selectbox[0].set_value(Role.LEAD)
    find_button(app, "Add").click().run()

    assert not app.exception
    assert "Priya Shah can sign in now, as lead." in app.success[0].value
    assert read_account(screen_record, "priya@example.org") == ("Priya Shah", Role.LEAD, True)


def test_short_password_is_refused_and_nobody_is_added(signed_in_app, screen_record):
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    app.text_input[0].set_value("Priya Shah")
    app.text_input[1].set_value("priya@example.org")
    app.text_input[2].set_value("short")
    find_button(app, "Add").click().run()

    assert "5 characters" in app.error[0].value
    with screen_record.reading() as session:
        assert len(session.scalars(select(Account.id)).all()) == 1


def test_role_is_changed(signed_in_app, screen_record):
    with screen_record.writing() as session:
        priya = add_account(session, LEAD)
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    app.selectbox(key=f"role-of-{priya.account_id}").set_value(Role.VIEWER)
    form = f"role-{priya.account_id}"
    next(b for b in app.button if b.proto.form_id == form).click().run()

    assert read_account(screen_record, priya.email)[1] == Role.VIEWER


def test_account_is_closed_and_opened_again(signed_in_app, screen_record):
    with screen_record.writing() as session:
        priya = add_account(session, LEAD)
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    app.button(key=f"close-{priya.account_id}").click().run()
    assert read_account(screen_record, priya.email)[2] is False

    app.button(key=f"reopen-{priya.account_id}").click().run()
    assert read_account(screen_record, priya.email)[2] is True


def test_signed_in_browser_is_signed_out(signed_in_app, screen_record):
    signed_in_app(LEAD)
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    find_button(app, "Sign out Priya Lead").click().run()

    assert "Priya Lead was signed out" in app.success[0].value
    assert not any(button.label.startswith("Sign out Priya") for button in app.button)


def test_signing_oneself_out_leads_to_the_sign_in_page(signed_in_app, screen_record):
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    find_button(app, "Sign out Ada").click().run()

    assert "signed out" in app.info[0].value
    assert not app.title


def test_check_says_that_all_is_well(signed_in_app):
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    find_button(app, "Check the record").click().run()

    assert "All is well" in app.success[0].value


def test_check_finds_a_word_that_was_changed_behind_its_back(signed_in_app, screen_record):
    with screen_record.writing() as session:
        add_voices(session, ["The 22 stops at six."])
    with screen_record.writing() as session:
        drop_guards(session, "voice")
        session.execute(update(Voice).values(text="The 22 never stops."))
    app = signed_in_app(ADMINISTRATOR, SCREEN)

    find_button(app, "Check the record").click().run()

    assert "words that are not found in" in app.error[0].value


@pytest.fixture
def vic(screen_record):
    """A viewer with a password of their own."""
    with screen_record.writing() as session:
        view = add_account(session, VIEWER)
        account = session.get(Account, view.account_id)
        account.password_hash = hash_password("three plain words", account.email)
        return view


def change_own_password(app, old, new):
    app.text_input[0].set_value(old)
    app.text_input[1].set_value(new)
    find_button(app, "Change the password").click().run()


def test_wrong_old_password_changes_nothing(signed_in_app, screen_record, vic):
    app = signed_in_app(vic, "account.py")

    change_own_password(app, "not the old one", "four other plain words")

    assert "old password is not right" in app.error[0].value
    with screen_record.writing() as session:
        assert sign_in(session, vic.email, "three plain words", "10.0.0.1")


def test_new_password_signs_out_and_works(signed_in_app, screen_record, vic):
    app = signed_in_app(vic, "account.py")

    change_own_password(app, "three plain words", "four other plain words")

    assert "signed out" in app.info[0].value
    with screen_record.writing() as session:
        assert sign_in(session, vic.email, "four other plain words", "10.0.0.1")


def drop_guards(session, table):
    """Take away what keeps a table from being changed, as somebody with the file in hand could."""
    connection = session.connection()
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    for (name,) in connection.exec_driver_sql(triggers, (table,)).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
