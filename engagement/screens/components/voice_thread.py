"""One voice on a screen, from its line in the notes to what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from engagement.answer.source_lines import LinesAround, Standing
from engagement.answer.thread import BoardMove, ProposedHome, VoiceThread
from engagement.answer.voice_rows import VoiceRow
from engagement.listen.typed.photos import PhotoView
from engagement.plan.actions import ActionView
from engagement.plan.due_dates import write_date
from engagement.plan.priority_views import PriorityView
from engagement.screens.components.dates import say_moment
from engagement.screens.components.link_list import Link, show_links
from engagement.screens.components.photo_panel import draw_photo
from engagement.screens.components.referral_card import describe_referral
from engagement.screens.components.voice_list import describe_missing
from engagement.screens.components.words import mark_language, write_translation, write_words

STYLE = """<style>
.voice blockquote { margin: 0; padding: 0; border: 0; font-size: 1.5rem; line-height: 1.35;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.voice figcaption { padding-top: 0.5rem; }
.voice { margin: 0 0 0.5rem; }
.lines { border-collapse: collapse; width: 100%; }
.lines caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
.lines th { font-weight: 400; text-align: right; vertical-align: top; width: 4rem;
  padding: 0.2rem 0.8rem 0.2rem 0; }
.lines td { padding: 0.2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.lines mark { background: #fff1a8; color: #0b0c0c; padding: 0.1rem 0; }
</style>"""

SAY_STANDING = {
    Standing.ELSEWHERE: "The words are as they were kept. The file is read in a newer way today, which "
    "numbers its lines anew: here is where the words stand in it.",
    Standing.NOT_FOUND: "The words are as they were kept. The file is read in a newer way today, and the "
    "lines around them could not be found in it. The file is still the one that was added.",
}
"""What is said of words that do not stand where they did when they were kept."""


def show_voice_thread(thread: VoiceThread, around: LinesAround) -> None:
    """Draw everything a voice came from and led to, in the order it happened."""
    show_words(thread.voice)
    show_lines(around, thread.voice.language)
    st.subheader("What became of it", anchor=False)
    st.text(describe_state(thread.voice))
    show_proposed(thread.proposed)
    show_moves(thread.moves)
    if thread.voice.also_in:
        st.text(f"Also in: {', '.join(thread.voice.also_in)}")
    links = [*link_theme(thread.voice), *link_priority(thread.priority), *link_actions(thread.actions)]
    show_links(links, thread.engagement_id, f"led-to-{thread.voice.id}")
    if thread.priority and not thread.actions:
        st.text("No actions yet")
    if thread.referrals:
        st.subheader("Passed on", anchor=False)
    for referral in thread.referrals:
        st.text(f"{referral.recipient} · {describe_referral(referral)}")
        if referral.outcome:
            st.text(referral.outcome)


def show_words(voice: VoiceRow) -> None:
    """Show the words large, and who said them where and when."""
    day = write_date(voice.said_on, "")
    facts = (voice.where, voice.prompt, voice.respondent, voice.area, day)
    words = describe_missing(voice) if voice.is_withdrawn else voice.text
    st.html(
        f"{STYLE}<figure class='voice'>"
        f"{write_words(words, voice.language if voice.text else '')}{write_translation(voice.translation)}"
        f"<figcaption>{escape(' · '.join(filter(None, facts)))}</figcaption></figure>"
    )


def show_lines(around: LinesAround, language: str) -> None:
    """Show the line of the notes with those around it, the voice marked."""
    if around.standing in SAY_STANDING:
        st.text(SAY_STANDING[around.standing])
    if not around.lines:
        return
    rows = "".join(
        f"<tr><th scope='row'>{each.line}</th><td dir='auto'>{escape(each.before)}"
        f"{_write_marked(each.words, language)}{escape(each.after)}</td></tr>"
        for each in around.lines
    )
    caption = "<caption>As it stands in the source, with its line numbers</caption>"
    st.html(f"{STYLE}<table class='lines'>{caption}<tbody>{rows}</tbody></table>")


def show_typed_from(photo: PhotoView) -> None:
    """Show the photo that a voice was typed from; it leads to the picture in full."""
    st.subheader("Typed from", anchor=False)
    st.html(draw_photo(photo, "30rem"))


def _write_marked(words: str, language: str) -> str:
    return f"<mark{mark_language(language)}>{escape(words)}</mark>" if words else ""


def describe_state(voice: VoiceRow) -> str:
    """Say in which state of the ledger the voice is."""
    reason = f", because: {voice.parked_reason}" if voice.state.value == "parked" else ""
    return f"In the ledger: {voice.state.value}{reason}"


def show_proposed(proposed: ProposedHome | None) -> None:
    """Say where the machine had put it before people began."""
    if proposed is not None:
        n_of_ten = round(proposed.strength * 10)
        st.text(
            f"The machine proposed: {proposed.label} "
            f"(it came to sit with the voices of this theme in {n_of_ten} of 10 runs)"
        )


def show_moves(moves: Sequence[BoardMove]) -> None:
    """Show what people did with it on the board."""
    for move in moves:
        st.text(f"{say_moment(move.happened_at)}: {move.said}")


def link_theme(voice: VoiceRow) -> list[Link]:
    """Lead to the theme in which a voice stands."""
    if voice.theme_id is None:
        return []
    return [Link("Theme:", voice.theme_name, "thread.py", {"theme": str(voice.theme_id)})]


def link_priority(priority: PriorityView | None) -> list[Link]:
    """Lead to the page of a priority."""
    if priority is None:
        return []
    return [Link("Priority:", priority.title, "priority.py", {"priority": str(priority.id)})]


def link_actions(actions: Sequence[ActionView]) -> list[Link]:
    """Lead to the thread of each action."""
    return [
        Link(
            "Action:",
            f"{each.title} ({each.owner_name}, {each.status.value})",
            "thread.py",
            {"action": str(each.id)},
        )
        for each in actions
    ]
