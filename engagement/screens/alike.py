"""Screen: voices that are nearly the same, side by side, to say whether each of them counts."""

from __future__ import annotations

import streamlit as st

from engagement.jobs import find_newest_job
from engagement.listen.duplicates.deciding import (
    REASONS,
    DecisionView,
    decide_alike,
    list_decisions,
    take_back_decision,
)
from engagement.listen.duplicates.searches import (
    DUPLICATES_JOB,
    AlikeGroup,
    SearchView,
    ask_for_duplicates,
    get_newest_search,
    list_alike,
    read_alike,
)
from engagement.listen.voices import VoiceView
from engagement.people.permissions import Act
from engagement.screens.components.alike import Shown, show_side_by_side, use_alike_style
from engagement.screens.components.dates import say_date
from engagement.screens.components.job_watch import watch_job
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, keep_notice, open_visit, show_refusal
from models.duplicates import Verdict

EXPLANATION = (
    "Many people may say the same, and each of them counts. The same card typed twice is one voice: say so, "
    "and it is counted once. It then leaves boards, themes, quotes and counts, where the first one stands "
    "for it; its words stay in the record, the ledger shows it as parked, and whoever withdraws one of "
    "the two withdraws both. You can undo it. Nothing is left out by itself."
)
KEYS = "Keys on: B means each counts, O counts once, N goes on, U takes the last back"
OTHERS_SHOWN = 8
DECISIONS_SHOWN = 50


def main() -> None:
    """Show the next group to decide about, then what was decided."""
    visit = open_visit("Voices alike", Act.ADD_SOURCE)
    use_alike_style()
    st.text(EXPLANATION)
    with visit.record.reading() as session:
        job = find_newest_job(session, visit.engagement_id, DUPLICATES_JOB)
        search = get_newest_search(session, visit.person, visit.engagement_id)
        groups = list_alike(session, visit.person, visit.engagement_id)
        decisions = list_decisions(session, visit.person, visit.engagement_id)
    if job and job.is_open:
        watch_job(visit, DUPLICATES_JOB)
        return
    if job and job.error:
        st.error(write_plainly(job.error), icon=":material/error:")
    show_search(visit, search, n_groups=len(groups))
    if groups:
        show_group(visit, groups)
    offer_undo(visit, decisions, has_more=bool(groups))
    show_decisions(visit, decisions)


def show_search(visit: Visit, search: SearchView | None, n_groups: int) -> None:
    """Say what was looked through, and offer to look again."""
    if search is None:
        st.header("Nobody has looked yet", anchor=False)
    else:
        said = "1 group of voices" if n_groups == 1 else f"{n_groups} groups of voices"
        st.header(f"{said} still to decide about" if n_groups else "Nothing to decide about", anchor=False)
        st.text(describe_search(search))
    is_needed = n_groups == 0 and (search is None or search.n_since > 0)
    if st.button("Look for voices that are alike", type="primary" if is_needed else "secondary"):
        with show_refusal():
            with visit.record.writing() as session:
                ask_for_duplicates(session, visit.person, visit.engagement_id)
            st.rerun()


def describe_search(search: SearchView) -> str:
    """Say when voices were compared, and what was left aside."""
    said = f"{search.n_voices:,} voices were compared on {say_date(search.made_at)}."
    if search.n_since:
        said += f" {search.n_since:,} came in since: look again."
    if search.n_short:
        said += f" Short answers that others gave, too, such as “the buses”: {search.n_short:,}. All count."
    return said


def show_group(visit: Visit, groups: tuple[AlikeGroup, ...]) -> None:
    """Show one group with the ways on from it."""
    group = groups[min(int(st.session_state.get("place", 0)), len(groups) - 1)]
    others = group.others[:OTHERS_SHOWN]
    with visit.record.reading() as session:
        voices = read_alike(session, visit.person, visit.engagement_id, [group.first, *others])
    with st.container(border=True):
        show_side_by_side(
            describe_voice(voices[group.first], "The first"),
            [
                describe_voice(voices[each], f"{likeness:.0%} the same")
                for each, likeness in zip(others, group.likenesses, strict=False)
            ],
        )
        if len(group.others) > len(others):
            st.text(f"{len(others)} of {len(group.others)} are shown; the others come after these.")
        chosen = choose_others(group, others, voices)
        show_ways_on(visit, group.first, chosen, len(groups))


def describe_voice(voice: VoiceView, kind: str) -> Shown:
    """Say of a voice where it stands, who said it and when."""
    facts = [kind, voice.where, voice.respondent, voice.area, voice.prompt]
    if voice.said_on:
        facts.append(say_date(voice.said_on))
    return Shown(voice.text, " · ".join(each for each in facts if each))


def choose_others(
    group: AlikeGroup, others: tuple[int, ...], voices: dict[int, VoiceView]
) -> tuple[int, ...]:
    """Let people choose which of several others are meant."""
    if len(others) == 1:
        return others
    return tuple(
        st.multiselect(
            "Which of these do you decide about now?",
            others,
            default=others,
            format_func=lambda each: voices[each].where,
            key=f"others-{group.first}-{len(group.others)}",
        )
    )


def show_ways_on(visit: Visit, first: int, others: tuple[int, ...], n_groups: int) -> None:
    """Draw the buttons for one group, each with its key while keys are on."""
    has_keys = st.session_state.get("keys", True)
    why = st.selectbox(
        "Reason for counting once",
        REASONS,
        accept_new_options=True,
        help="Choose one, or write your own without names.",
    )
    with st.container(horizontal=True):
        if st.button("Each counts", type="primary", shortcut="b" if has_keys else None, disabled=not others):
            decide(visit, (first, *others), Verdict.ALL_COUNT, "")
        if st.button("Count once", shortcut="o" if has_keys else None, disabled=not others):
            decide(visit, (first, *others), Verdict.COUNT_ONCE, why or "")
        if n_groups > 1 and st.button("Look at it later", shortcut="n" if has_keys else None):
            st.session_state["place"] = (st.session_state.get("place", 0) + 1) % n_groups
            st.rerun()


def decide(visit: Visit, voice_ids: tuple[int, ...], verdict: Verdict, why: str) -> None:
    """Keep a decision and go on to the next group."""
    with show_refusal():
        with visit.record.writing() as session:
            decision_id = decide_alike(session, visit.person, voice_ids, verdict, why)
        st.session_state["last_decision"] = decision_id
        st.rerun()


def offer_undo(visit: Visit, decisions: tuple[DecisionView, ...], *, has_more: bool) -> None:
    """Draw the switch for keys, where they do something, and the way to take the last decision back."""
    last = st.session_state.get("last_decision")
    is_there = any(each.id == last for each in decisions)
    has_keys = (has_more or is_there) and st.toggle(KEYS, value=True, key="keys")
    if is_there and st.button("Undo the last", shortcut="u" if has_keys else None):
        take_back(visit, int(last))


def show_decisions(visit: Visit, decisions: tuple[DecisionView, ...]) -> None:
    """List what was decided, each with the way back."""
    if not decisions:
        return
    more = " or more" if len(decisions) > DECISIONS_SHOWN else ""
    with st.expander(f"Decided ({min(len(decisions), DECISIONS_SHOWN)}{more})", key="decided"):
        for decision in decisions[:DECISIONS_SHOWN]:
            with visit.record.reading() as session:
                voices = read_alike(session, visit.person, visit.engagement_id, decision.voice_ids[:1])
            first = voices[decision.voice_ids[0]]
            with st.container(horizontal=True, vertical_alignment="center"):
                why = f" ({decision.why})" if decision.why else ""
                st.text(
                    f"{len(decision.voice_ids)} voices like “{first.text[:80]}” {decision.verdict}{why}, "
                    f"by {decision.decided_by} on {say_date(decision.decided_at)}"
                )
                if st.button("Undo", key=f"undo-{decision.id}"):
                    take_back(visit, decision.id)


def take_back(visit: Visit, decision_id: int) -> None:
    """Undo a decision."""
    with show_refusal():
        with visit.record.writing() as session:
            take_back_decision(session, visit.person, decision_id)
        keep_notice("Undone. These voices are shown for decision again.")
        st.rerun()


main()
