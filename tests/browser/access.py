"""What axe finds on a page, without what is Streamlit's own and cannot be mended here."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # Nobody reads what axe passed, and writing it down takes longer than looking.
    "resultTypes": ["violations"],
}
# Each is drawn by Streamlit itself: the row markers of its tables and the drop zone of its file uploader.
NOT_OURS = frozenset({"empty-table-header", "presentation-role-conflict"})


def change_look(page: Page, scheme: str) -> None:
    """Change a Streamlit page to light or dark, as it does by itself when the machine's setting changes."""
    page.emulate_media(color_scheme=scheme)
    is_dark = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor === 'rgb(11, 12, 12)'"
    page.wait_for_function(is_dark if scheme == "dark" else is_dark.replace("===", "!=="))


def list_findings(page: Page) -> list[str]:
    """List what keeps somebody out, one line each, naming the rule and the elements."""
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found
        if each["id"] not in NOT_OURS
        for node in each["nodes"]
    ]
