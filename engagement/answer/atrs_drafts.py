"""What a method card can say by itself in the fields of the transparency record, by reference number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engagement.answer.atrs_template import VERSION
from engagement.answer.method_card import MethodCard
from engagement.answer.method_words import (
    describe_agreement,
    describe_changes,
    describe_input,
    describe_stability_of_run,
    list_steps,
    say_libraries,
)

TOOL = "Common Thread, grouping of voices into candidate themes"
FORMAT = "%d/%m/%Y"


def draft_fields(card: MethodCard, today: date) -> dict[str, str]:
    """Draft every field that the record itself can answer; the rest is for the organisation to write."""
    return {
        **_draft_metadata(today),
        **_draft_overview(card),
        **_draft_rationale(card),
        **_draft_process(card),
        **_draft_tool(card),
        **_draft_model(card),
        **_draft_data(card),
        "2.5.2": _describe_risks(),
    }


def _draft_metadata(today: date) -> dict[str, str]:
    return {
        "0.2": VERSION,
        "0.5": "Text analysis",
        "0.6": "Grouping of free text",
        "0.7": "engagement, consultation, free text, clustering, human in the loop",
        "0.8": today.strftime(FORMAT),
        "0.11": TOOL,
        "0.15": "Proposes which of the things that people said belong together; people decide the themes.",
    }


def _draft_overview(card: MethodCard) -> dict[str, str]:
    purpose = f" {card.engagement.purpose}" if card.engagement.purpose else ""
    return {
        "1.1": TOOL,
        "1.2": f"Used in “{card.engagement.name}”.{purpose} The tool reads what people said, in their own "
        "words, and proposes which of it belongs together (candidate themes). It is used because reading "
        "hundreds of voices from nothing takes a room longer than sorting a first suggestion. It decides "
        "nothing: the people in the room rename, merge, split and drop the candidate themes, and move "
        "voices, on a shared board.",
    }


def _draft_rationale(card: MethodCard) -> dict[str, str]:
    steps = " ".join(f"{number}. {words}" for number, (_name, words) in enumerate(list_steps(card), 1))
    return {
        "2.2.1": steps,
        "2.2.2": "Designed to give a workshop a first sorting of what people said. Not designed to decide "
        "about a person, to score or rank people, to detect who said something, or to replace reading "
        "the voices.",
        "2.2.3": "A workshop starts from sorted cards instead of a pile. Every voice is placed or counted as "
        "set aside, the same voices give the same result, and each theme says how well it holds together.",
        "2.2.5": "Sorting by hand from nothing: possible at any time in the same tool (cards dealt "
        "unsorted). Large language models: not used, since words would leave the building and results "
        "change from run to run. Clustering that leaves outliers: not used, since no voice may be lost.",
    }


def _draft_process(card: MethodCard) -> dict[str, str]:
    scale = f"{describe_input(card)} One run for this engagement."
    return {
        "2.3.1": "The proposal is copied once to a board. From then on the board belongs to people, and a "
        "later run changes nothing there. Only themes that people agreed go on to priorities and actions.",
        "2.3.2": f"{len(card.candidates)} candidate themes, each with a name in people's words, typical "
        "voices, key words and how well it holds together; for each voice, how sure, and which other "
        "themes come near.",
        "2.3.3": scale,
        "2.3.4": f"People can read every voice and move it. {describe_changes(card)}",
        "2.3.6": "Anybody may have their voice withdrawn: it leaves board, quotes and exports. Each theme "
        "can be followed back to the exact lines that it came from.",
    }


def _draft_tool(card: MethodCard) -> dict[str, str]:
    return {
        "2.4.1.1": f"A web application on the organisation's own computer. A worker process runs: "
        f"{card.run.card.get('engine', 'not noted')}. Libraries: {say_libraries(card)}. No words "
        "leave the organisation's own computers.",
        "2.4.1.3": "Versions are pinned and change with releases of Common Thread only. Each run keeps its "
        "own card, so that a change of version shows.",
        "2.4.1.4": f"1. {_read_model(card).get('name', 'not noted')}, to turn texts into numbers. "
        f"2. {card.run.card.get('engine', 'not noted')}, to group and name.",
    }


def _draft_model(card: MethodCard) -> dict[str, str]:
    model = _read_model(card)
    sha256 = model.get("weights_sha256") or model.get("sha256") or "none: made from these texts alone"
    trained_on = str(model.get("trained_on", ""))
    return {
        "2.4.2.1": str(model.get("name", "")),
        "2.4.2.2": f"SHA-256 of the weights: {sha256}",
        "2.4.2.3": "Turn each text into numbers that stand for its meaning",
        "2.4.2.4": f"One text at a time. {_sentence('Reads', model.get('reads'))}"
        f"{_sentence('Languages:', model.get('languages'))}".strip(),
        "2.4.2.5": "Numbers for each text; after grouping, candidate themes and a strength for each voice",
        "2.4.2.6": str(model.get("kind", "")),
        "2.4.2.7": f"{describe_stability_of_run(card)} {describe_agreement(card)}",
        "2.4.2.8": trained_on,
        "2.4.2.9": f"Trained by its makers. Trained here: {model['trained_here']}." if trained_on else "",
    }


def _draft_data(card: MethodCard) -> dict[str, str]:
    prompts = "; ".join(card.prompts) or "none noted"
    return {
        "2.4.3.1": f"What people said in “{card.engagement.name}”",
        "2.4.3.2": "Text",
        "2.4.3.3": "Things that people said or wrote, word for word, with the source and the prompt.",
        "2.4.3.4": describe_input(card),
        "2.4.3.5": "Free text may hold personal data that people tell of themselves. The tool reads the "
        "words only: no characteristic of a person is used to group.",
        "2.4.3.7": "Not published",
        "2.4.3.8": f"Said in {card.n_sources} sources (focus groups, surveys and other occasions of "
        f"listening). Prompts: {prompts}.",
        "2.4.3.9": "None of the words are changed. Answers that say nothing are set aside and counted "
        f"({card.run.n_set_aside}).",
    }


def _describe_risks() -> str:
    return (
        "The grouping may be wrong or one-sided: people check and change it on the board, and a second "
        "person can theme a sample without seeing it. It misses irony and reads English best: "
        "translations stand beside the words, and every voice can be moved. A confident name may sway the "
        "room: names are drafts in people's words, and how well a theme holds together is shown. Small "
        "groups may be known by their words: voices can be withdrawn, and words that may not be quoted "
        "stay out of exports."
    )


def _read_model(card: MethodCard) -> Mapping[str, Any]:
    model = card.run.card.get("model", {})
    return model if isinstance(model, Mapping) else {}


def _sentence(begins: str, words: object) -> str:
    return f"{begins} {words}. " if words else ""
