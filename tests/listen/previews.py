"""What would be saved from a file, held to the promises that every format makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engagement.listen.places import index_places
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading_child import read_file


def preview_file(
    file_name: str,
    content: bytes,
    prompts: Sequence[str] = (),
    *,
    taken: tuple[str, ...] | None = None,
    keeps_names: bool = False,
) -> Preview:
    """Preview a file; every voice must stand at its place, and every word be accounted for.

    ``taken`` are the kinds of words beside the page to take; None takes those that are suggested.
    """
    contents = read_file(file_name, content)
    suggested = suggest_mapping(contents, prompts)
    mapping = replace(suggested, taken=suggested.taken if taken is None else taken, keeps_names=keeps_names)
    found = preview_import(contents, mapping, prompts=prompts, file_name=file_name)
    places = index_places(contents, mapping)
    for voice in found.voices:
        passage = places[(voice.part, voice.line, voice.column_name)]
        assert passage[voice.start_at : voice.end_at] == voice.text
    assert found.receipt.adds_up
    assert not [each for each in found.receipt.left_out if "not recognised" in each.reason]
    return found


def list_texts(found: Preview) -> list[str]:
    """List the words of the voices."""
    return [voice.text for voice in found.voices]


def count_left_out(found: Preview, reason: str) -> int:
    """Count the words that were left out for a reason."""
    return sum(each.n_words for each in found.receipt.left_out if reason in each.reason)
