"""A source on screen: its page with the voices marked, its receipt, its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from engagement.listen.contents import LeftOut, Passage
from engagement.listen.details import SourceDetails
from engagement.listen.found_voices import PreviewVoice
from engagement.listen.languages import guess_language
from engagement.listen.preview import Receipt
from engagement.listen.sources import SourceView
from engagement.screens.components.dates import say_date
from engagement.screens.components.words import write_words

STYLE = Path(__file__).with_name("source_page.css")
NOT_WRITTEN_DOWN = "how people agreed is not written down, and until it is the words are treated so"


def use_source_style() -> None:
    """Bring the style of pages and receipts to a screen, once."""
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")


def show_page(passages: Sequence[Passage], voices: Sequence[PreviewVoice]) -> None:
    """Show the lines of notes as they stand, with the voices marked and the rest set back."""
    ranges: dict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
    for voice in voices:
        ranges[(voice.part, voice.line, voice.column_name)].append((voice.start_at, voice.end_at))
    lines = "".join(
        _write_line(passage, sorted(ranges[(passage.part, passage.line, passage.column_name)]))
        for passage in passages
    )
    st.html(f"<ol class='page'>{lines}</ol>")


def show_found(voices: Sequence[PreviewVoice], first: int) -> None:
    """Show the voices that would be saved, numbered from ``first``."""
    items = "".join(
        f"<li>{write_words(voice.text, voice.language or guess_language(voice.text))}"
        f"<p class='facts'>{_write_facts(voice)}</p></li>"
        for voice in voices
    )
    st.html(f"<ol class='found' start='{first}'>{items}</ol>")


def number_passage(part: str, line: int) -> str:
    """Give the short number of a line of notes: "14", or "2.3" on page 2 and in table 2."""
    kind, _space, number = part.partition(" ")
    return f"{number}.{line}" if kind in ("page", "table") else str(line)


def show_receipt(receipt: Receipt) -> None:
    """Show where every word of a file went."""
    rows = "".join(_write_left_out(each) for each in receipt.left_out)
    total = "adds up" if receipt.adds_up else "does not add up: tell whoever looks after this service"
    st.html(
        "<table class='receipt'><caption>Receipt: every word of the file</caption><tbody>"
        f"<tr><th scope='row'>in voices</th><td class='number'>{receipt.n_captured:,}</td></tr>{rows}"
        f"<tr class='sum'><th scope='row'>in the whole file ({total})</th>"
        f"<td class='number'>{receipt.n_words:,}</td></tr></tbody></table>"
    )


def show_source_facts(source: SourceView) -> None:
    """Show one source in a few lines: who, when, where, how many, what was agreed, what is missing."""
    details = source.details
    facts = [escape(str(details.kind)), *_list_when_and_where(details)]
    needs = f"<p class='needs'>Still needed: {escape(', '.join(source.needs))}</p>" if source.needs else ""
    withdrawn = f", {source.n_withdrawn} withdrawn" if source.n_withdrawn else ""
    withdrawn += f", {source.n_erased} of them erased" if source.n_erased else ""
    st.html(
        f"<div class='source-facts'><h3>{escape(details.title)}</h3>"
        f"<p>{' · '.join(facts)}</p>"
        f"<p class='small'>{source.n_voices} {'voice' if source.n_voices == 1 else 'voices'}{withdrawn}"
        f"{_write_share(source.receipt)} · {escape(say_consent(details))}{_write_keeping(details)}</p>"
        f"{needs}</div>"
    )


def say_consent(details: SourceDetails) -> str:
    """Say in a few words what people agreed to, or what is only taken for agreed as nobody wrote it down."""
    agreed = {
        "used": details.may_use,
        "quoted": details.may_quote,
        "passed on": details.may_pass_on,
        "told as a story": details.may_tell_story,
    }
    may = [name for name, is_agreed in agreed.items() if is_agreed]
    may_not = [name for name, is_agreed in agreed.items() if not is_agreed]
    said = f"may be {_join(may, 'and')}" if may else "nothing agreed"
    said = f"{said}; not {_join(may_not, 'or')}" if may and may_not else said
    return said if details.consent_wording.strip() else f"{NOT_WRITTEN_DOWN}: {said}"


def _write_keeping(details: SourceDetails) -> str:
    return f" · kept until {say_date(details.keep_until)}" if details.keep_until else ""


def _join(names: list[str], word: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def _list_when_and_where(details: SourceDetails) -> list[str]:
    facts = [say_date(details.held_on)] if details.held_on else []
    facts += [escape(each) for each in (details.host, details.place) if each]
    if details.n_came is not None:
        facts.append(f"{details.n_came} came")
    return facts


def _write_share(receipt: Receipt | None) -> str:
    return f" · {receipt.n_captured:,} of {receipt.n_words:,} words are in voices" if receipt else ""


def _write_left_out(left_out: LeftOut) -> str:
    words = " / ".join(escape(sample) for sample in left_out.samples)
    samples = f"<span class='sample' dir='auto'>{words}</span>"
    return (
        f"<tr><th scope='row'>left out: {escape(left_out.reason)}{samples}</th>"
        f"<td class='number'>{left_out.n_words:,}</td></tr>"
    )


def _write_line(passage: Passage, ranges: Sequence[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in ranges:
        pieces.append(_set_back(passage.text[done:start]))
        pieces.append(f"<mark>{escape(passage.text[start:end])}</mark>")
        done = end
    pieces.append(_set_back(passage.text[done:]))
    number = number_passage(passage.part, passage.line)
    words = f"<span class='words' dir='auto'>{''.join(pieces)}</span>"
    return f"<li><span class='number'>{escape(number)}</span>{words}</li>"


def _set_back(text: str) -> str:
    return f"<span class='left-out'>{escape(text)}</span>" if text.strip() else escape(text)


def _write_facts(voice: PreviewVoice) -> str:
    place = f"line {voice.line}" if voice.part in ("body", "paragraphs") else f"row {voice.line}"
    facts = [place, voice.prompt or "no prompt", voice.respondent, voice.area]
    if voice.said_on:
        facts.append(say_date(voice.said_on))
    if voice.translation:
        facts.append(f"in English: {voice.translation}")
    return " · ".join(escape(fact) for fact in facts if fact)
