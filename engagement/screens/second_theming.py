"""Screen: let a second person theme a sample of voices without seeing where they stand."""

from __future__ import annotations

import streamlit as st

from engagement.answer.second_readings import list_readings
from engagement.errors import EngagementError
from engagement.people.permissions import Act, can_act
from engagement.screens.components.address import read_number
from engagement.screens.components.dates import say_date
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.plain_table import show_table
from engagement.screens.components.second_desk import keep_answers, read_answers, show_desk
from engagement.screens.components.second_result import show_reading
from engagement.screens.visit import Visit, keep_notice, link_to, open_visit, show_refusal
from engagement.workshop.boards import WorkshopView, list_workshops
from engagement.workshop.double_theming import FEWEST, MOST, USUAL_SIZE, ask_for_sample
from engagement.workshop.second_people import SecondPerson, describe_self
from engagement.workshop.themed_twice import SampleView, list_blind_voices, list_samples, view_sample

WHAT_THIS_IS = (
    "Somebody who did not theme this board sorts some of its voices again, seeing only the words and the "
    "names of the themes. How far the two agree tells how clear the themes are."
)
KNOWS_THE_BOARD = (
    "You made {n} of {total} moves on this board, so you know where many voices stand. Ask somebody else, if "
    "you can: it says more."
)


def main() -> None:
    """Show the samples of a board, or the desk of one sample."""
    visit = open_visit("Theme a second time")
    sample_id = read_number("sample")
    if sample_id is not None and can_act(visit.person, Act.MOVE_CARDS):
        open_desk(visit, sample_id)
        return
    with visit.record.reading() as session:
        workshops = list_workshops(session, visit.person, visit.engagement_id)
    if not workshops:
        st.text("There is no workshop yet. Send candidate themes to a board and theme them first.")
        st.page_link(link_to("candidate_themes.py"), label="Ask for candidate themes")
        return
    show_board(visit, choose_workshop(workshops))


def choose_workshop(workshops: tuple[WorkshopView, ...]) -> WorkshopView:
    """Choose the workshop of the address, or else the one that counts."""
    asked = read_number("workshop")
    by_id = {workshop.id: workshop for workshop in workshops}
    counting = next((workshop for workshop in workshops if workshop.counts), workshops[0])
    return by_id.get(asked or 0, counting)


def show_board(visit: Visit, workshop: WorkshopView) -> None:
    """Show what was asked for on one board, and offer to ask."""
    st.text(WHAT_THIS_IS)
    with visit.record.reading() as session:
        samples = list_samples(session, visit.person, workshop.id)
        readings = list_readings(session, visit.person, workshop.id)
    if can_act(visit.person, Act.RUN_WORKSHOP):
        with st.expander(
            f"Draw a sample from {write_plainly(workshop.name)}",
            icon=":material/casino:",
            expanded=not samples,
        ):
            show_ask_form(visit, workshop)
    for number, sample in zip(range(len(samples), 0, -1), samples, strict=True):
        with st.container(border=True):
            show_sample(visit, sample, f"sample {number}")
            for reading in readings:
                if reading.sample.id == sample.id:
                    show_reading(reading)
    if not samples:
        st.text(f"Nobody has asked for this on the board “{workshop.name}” yet.")


def show_ask_form(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the form that draws a sample."""
    with st.form("ask", border=False):
        size = st.number_input(
            "How many voices?",
            min_value=FEWEST,
            max_value=MOST,
            value=USUAL_SIZE,
            help="Each theme gets its share. With fewer than 60 the answer is rough.",
        )
        if st.form_submit_button("Draw the sample", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    ask_for_sample(session, visit.person, workshop.id, size=int(size))
                keep_notice("The sample is drawn. Now ask a second person to sign in and begin.")
                st.rerun()


def show_sample(visit: Visit, sample: SampleView, name: str) -> None:
    """Show one sample: what it is, who is at it, and the way to its desk."""
    st.header(f"{name.capitalize()}: {sample.n_voices} voices, {len(sample.themes)} themes", anchor=False)
    st.text(describe_sample(sample))
    if sample.people:
        show_table(
            f"Who themes {name}",
            ("Who", "Voices done", "Their moves on the board"),
            [list_progress(each) for each in sample.people],
        )
    if can_act(visit.person, Act.MOVE_CARDS):
        with visit.record.reading() as session:
            offer_desk(visit, sample, describe_self(session, visit.person, sample.id), name)


def list_progress(second: SecondPerson) -> tuple[str, str, str]:
    """Say how far a second person is, and how well they know the board."""
    done = f"{second.n_answered} of {second.n_voices}"
    return second.name, done, f"{second.n_moves} of {second.n_moves_of_all}"


def describe_sample(sample: SampleView) -> str:
    """Say when it was drawn, by whom, how it can be drawn again, and what has changed since."""
    said = [f"Drawn on {say_date(sample.asked_at)} by {sample.asked_by}, with the seed {sample.seed}."]
    if sample.n_withdrawn:
        said.append(f"{sample.n_withdrawn} withdrawn since, and left out.")
    if sample.n_moves_since:
        said.append(f"The board has had {sample.n_moves_since} moves since: the sample keeps how it was.")
    return " ".join(said)


def offer_desk(visit: Visit, sample: SampleView, own: SecondPerson, name: str) -> None:
    """Offer to begin or to go on, and say so when somebody knows the board too well."""
    if own.knows_the_board and not own.is_done:
        st.warning(
            KNOWS_THE_BOARD.format(n=own.n_moves, total=own.n_moves_of_all), icon=":material/visibility:"
        )
    left = own.n_voices - own.n_answered
    label = f"Go on with {name}: {left} left" if own.n_answered else f"Begin {name}"
    if own.is_done:
        label = f"Look at my answers to {name}"
    if st.button(label, key=f"desk-{sample.id}", type="secondary" if own.is_done else "primary"):
        asked = {"engagement": str(visit.engagement_id), "sample": str(sample.id)}
        st.switch_page(link_to("second_theming.py"), query_params=asked)


def open_desk(visit: Visit, sample_id: int) -> None:
    """Open the desk of a sample that belongs to this engagement."""
    with show_refusal():
        with visit.record.reading() as session:
            sample = view_sample(session, visit.person, sample_id)
            workshops = list_workshops(session, visit.person, visit.engagement_id)
        if sample.workshop_id not in {workshop.id for workshop in workshops}:
            raise EngagementError("This sample belongs to another engagement. Open that one first.")
        theme_again(visit, sample)
        if st.button("Leave the desk", icon=":material/arrow_back:"):
            asked = {"engagement": str(visit.engagement_id), "workshop": str(sample.workshop_id)}
            st.query_params.pop("sample", None)
            st.switch_page(link_to("second_theming.py"), query_params=asked)


@st.fragment
def theme_again(visit: Visit, sample: SampleView) -> None:
    """Keep what was chosen, then show the desk with what is left."""
    keep_answers(visit, sample.id, read_answers(sample.id))
    with visit.record.reading() as session:
        voices = list_blind_voices(session, visit.person, sample.id)
    show_desk(sample, voices)


main()
