"""The tables of the theming benchmark as Markdown, written between two marks of `README.md`."""

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.places import HERE
from benchmarks.theming_results import Goal

README = HERE / "README.md"
START, END = "<!-- theming: written by benchmarks/theming.py -->", "<!-- theming: end -->"


def write_row(*cells: str) -> str:
    """Return one row of a table."""
    return f"| {' | '.join(cells)} |"


def write_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table with a heading."""
    yield from ("", f"### {title}", "", write_row(*columns), write_row(*("---" for _ in columns)))
    yield from (write_row(*row) for row in rows)


def write_number(value: float | None, digits: int = 3) -> str:
    """Return a number, or a dash where nothing was measured."""
    return "–" if value is None else f"{value:.{digits}f}"


def write_goals(goals: Iterable[Goal]) -> Iterator[str]:
    """Yield the table of goals."""
    columns = ("goal", "what", "wanted", "measured", "met")
    rows = [
        (goal.name, goal.what, goal.wanted, goal.measured, "met" if goal.is_met else "**not met**")
        for goal in goals
    ]
    yield from write_table("Goals", columns, rows)


def put_on_page(lines: Iterable[str]) -> None:
    """Put the tables between the two marks of the page and print them."""
    tables = "\n".join(lines)
    before, _, rest = README.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n{tables}\n\n{END}{after}", encoding="utf-8")
    print(tables)
