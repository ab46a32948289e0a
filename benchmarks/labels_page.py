"""Write the page that shows our labels beside BERTopic's."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.find_with_ours import open_embedder, open_vectors
from benchmarks.label_rivals import DEFAULT, KEYBERT, name_by_bertopic
from benchmarks.label_sets import NamedSet, list_named_sets
from theming.embedding.cached import embed_texts
from theming.engine import find_themes
from theming.labelling.parts import split_parts
from theming.labelling.people import find_names

PAGE = Path(__file__).parents[1] / "docs/reference/labels.md"
HEAD = """# Labels beside BERTopic's

Written by `python -m benchmarks.labels --page` from the public texts; nothing here was chosen or changed by
hand. Each table shows one set at the number of themes that the engine proposes. The groups are the same in
all columns, only the words differ: BERTopic's default name is its four weightiest words, KeyBERTInspired its
own reordering with the same embedding. Where these hold the name of a person, this page says "(name)".
How often a reader finds the right theme by each is measured in
[`benchmarks/labels.md`](../../benchmarks/labels.md).
"""


def write_page() -> None:
    """Write a table for every set, from its first sample."""
    tables = [line for named in list_named_sets(1) for line in _table_set(named)]
    PAGE.write_text("\n".join([HEAD, *tables]) + "\n", encoding="utf-8")


def _table_set(named: NamedSet) -> Iterator[str]:
    result = find_themes(named.texts, embedder=open_embedder(), cache=open_vectors())
    cut = result.cut(result.chosen_n)
    vectors = embed_texts(named.texts, open_embedder(), open_vectors())
    others = name_by_bertopic(named.texts, vectors, cut.theme_of_text.tolist(), open_embedder())
    names = find_names([split_parts(text) for text in named.texts])
    yield from (f"## {named.name}, {len(named.texts)} texts", "")
    yield from ("| our label | texts | our keywords | BERTopic | KeyBERTInspired |", "| --- " * 5 + "|")
    for place, theme in enumerate(cut.themes):
        rivals = (_hide_names(others[way][place], names) for way in (DEFAULT, KEYBERT))
        cells = (theme.label, str(theme.size), ", ".join(theme.keywords), *rivals)
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
    yield ""


def _hide_names(words: str, names: frozenset[str]) -> str:
    return " ".join("(name)" if word.lower() in names else word for word in words.split())
