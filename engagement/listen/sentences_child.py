"""The process that finds sentences: texts as JSON come in, where sentences begin goes out.

Run by ``engagement.listen.sentences`` as ``python -m engagement.listen.sentences_child``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence

# Rationale: written without spaces, so that spaCy's English reading of words finds no end there.
FULL_WIDTH_END = re.compile(r"[。！？｡][」』”’）]*")
LONGEST_READ = 200_000
"""Characters of one passage that are looked at; what comes later is one sentence."""


def find_starts(texts: Sequence[str]) -> list[list[int]]:
    """Find where the sentences of each text begin, from the second on."""
    import spacy

    sentencizer = spacy.blank("en")
    sentencizer.add_pipe("sentencizer")
    found = []
    for text in texts:
        starts = {sentence.start_char for sentence in sentencizer(text[:LONGEST_READ]).sents}
        starts |= {end.end() for end in FULL_WIDTH_END.finditer(text[:LONGEST_READ])}
        found.append(sorted(each for each in starts if 0 < each < len(text)))
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(find_starts(json.load(sys.stdin))))
