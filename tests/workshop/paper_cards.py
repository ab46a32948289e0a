"""Cards in many scripts, and PDF files read back."""

from __future__ import annotations

import pypdfium2

from engagement.workshop.paper.sheets import Card, Heading, Sheets

IN_MANY_SCRIPTS = {
    "English": "The 22 stops at six — *so* I do not go out after tea. £2, 50%, efficient & fluffy.",
    "Gujarati": "મને બસ મળતી નથી, અને ક્ષમા કરો",
    "Punjabi": "ਮੈਨੂੰ ਬੱਸ ਨਹੀਂ ਮਿਲਦੀ",
    "Hindi": "हिन्दी क्षेत्र में बस नहीं मिलती",
    "Bengali": "আমি বাস পাই না",
    "Tamil": "எனக்கு பேருந்து கிடைக்கவில்லை",
    "Polish": "Źle słyszę, proszę głośniej. Żółć",
    "Turkish": "Otobüs gelmiyor, İğne gibi",
    "Welsh": "Nid yw'r bws yn dod: tŷ, ŵyr",
    "Ukrainian": "Автобус не приїжджає",
    "Greek": "Το λεωφορείο δεν έρχεται",
    "Amharic": "አውቶቡስ አይመጣም",
    "emoji": "No bus 😀 again 👍",
}
FROM_THE_RIGHT = {"Urdu": "مجھے بس نہیں ملتی", "Hebrew": "האוטובוס לא מגיע"}


def make_card(number: int, words: str, **more: str) -> Card:
    told = {"translation": "", "language": "", "where": "Lunch club, line 3", "prompt": "", **more}
    return Card(number=number, words=words, path=f"/thread?engagement=1&voice={number}", **told)


def make_sheets(cards: list[Card], names: tuple[str, ...] = ()) -> Sheets:
    headings = tuple(Heading(number, number, name, 2) for number, name in enumerate(names, start=1))
    return Sheets("Leading Better Lives", "Workshop 1", "All cards", tuple(cards), headings)


def read_pages(pdf: bytes) -> list[str]:
    """Read the text of each page, its lines joined."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
