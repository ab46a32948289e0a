"""Pages of tables that a benchmark writes again and again, between two marks."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def write_between_marks(page: Path, name: str, lines: Iterable[str]) -> None:
    """Put the lines between the two marks of a page and print them; what stands around them stays."""
    tables = "\n".join(lines)
    start, end = f"<!-- {name}: written by benchmarks/{name}.py -->", f"<!-- {name}: end -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(start)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{start}\n{tables}\n\n{end}{after}", encoding="utf-8")
    print(tables)


def write_head(title: str, columns: Sequence[str]) -> Iterator[str]:
    """Yield a heading and the head of a table."""
    yield from ("", f"### {title}", "", write_row(*columns), write_row(*("---" for _ in columns)))


def write_row(*cells: str) -> str:
    """Write one row of a table."""
    return f"| {' | '.join(cells)} |"
