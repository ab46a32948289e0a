"""What the pictures of listening show beside the example: a wall of notes typed in, a form, voices alike."""

from __future__ import annotations

import io
import textwrap
import time
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFont

from engagement.engagements import list_prompts, start_engagement
from engagement.jobs import get_job_or_raise
from engagement.listen.details import SourceDetails
from engagement.listen.duplicates.searches import ask_for_duplicates
from engagement.listen.importing import import_files
from engagement.listen.typed.answers import SentAnswer, receive_answer
from engagement.listen.typed.forms import list_forms, open_form
from engagement.listen.typed.photo_files import check_photo
from engagement.listen.typed.photos import add_photos, list_photos
from engagement.listen.typed.typing import TypedVoiceRequest, begin_occasion, type_voice
from engagement.people.permissions import COMMAND_LINE
from models.database import Record
from models.sources import SourceKind

PROMPT = "What would you like to see?"
NOTES = (
    "A bench half way up the hill",
    "Somebody who answers the phone",
    "Buses after six",
    "Warm hall on Mondays too",
    "More for teenagers",
    "Keep the library open",
)
ANSWERS = (
    "The hall is lovely, but you cannot get in with a pram.",
    "Please, somebody tell us what was decided last time!",
    "A bus on Sundays.",
)
CARDS = (
    "The 22 stops at six so I don't go out after tea.",
    "The 22 stops at six, so i dont go out",
    "Keep the swimming baths open, it is the only pool near here.",
    "Please keep the swimming baths open, it is the only pool near here. Thank you.",
    "Somewhere dry to sit while you wait.",
)
COLOURS = ("#fff38a", "#ffc4dd", "#b8e8ff", "#c9f2b0")
WALL = "#d9d4cc"
PATIENCE_S = 240


@dataclass(frozen=True)
class Stage:
    """An engagement with an occasion that is typed in, of which ``voice_id`` was typed from a photo."""

    engagement_id: int
    occasion_id: int
    voice_id: int


def set_stage(url: str) -> Stage:
    """Put what the pictures show into the record of a running server, and look for voices alike."""
    record = Record(url)
    with record.writing() as session:
        engagement_id = start_engagement(session, COMMAND_LINE, "Autumn listening 2024", prompts=[PROMPT])
        (prompt,) = list_prompts(session, engagement_id)
        details = SourceDetails("Market day in the library", SourceKind.DROP_IN, date(2024, 10, 5))
        occasion_id = begin_occasion(session, COMMAND_LINE, engagement_id, details)
        add_photos(session, COMMAND_LINE, occasion_id, [check_photo("wall left.png", draw_wall())])
        (photo,) = list_photos(session, COMMAND_LINE, occasion_id)
        for number, words in enumerate(NOTES[:2]):
            typed = TypedVoiceRequest(words, f"note {number}", prompt_id=prompt.id, photo_id=photo.id)
            voice_id = type_voice(session, COMMAND_LINE, occasion_id, typed).voice_id
        open_form(
            session,
            COMMAND_LINE,
            engagement_id,
            prompt.id,
            closes_on=date.today() + timedelta(weeks=2),
            read_by="the community team, 0116 496 0000",
        )
        link = list_forms(session, COMMAND_LINE, engagement_id)[0].link_key
        for words in ANSWERS:
            receive_answer(session, link, SentAnswer(words, words, may_quote=True))
        cards = [("cards.txt", "\n".join(CARDS).encode())]
        import_files(session, COMMAND_LINE, engagement_id, cards, SourceKind.EVENT)
        job_id = ask_for_duplicates(session, COMMAND_LINE, engagement_id)
    wait_for_job(record, job_id)
    record.close()
    return Stage(engagement_id, occasion_id, voice_id)


def wait_for_job(record: Record, job_id: int) -> None:
    """Wait until the server's worker has done a job."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with record.reading() as session:
            job = get_job_or_raise(session, job_id)
        if not job.is_open:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"job {job_id} == {job.status}, must be done after {PATIENCE_S} s.")
        time.sleep(0.2)


def draw_wall() -> bytes:
    """Draw a wall with sticky notes, a little askew, as a PNG."""
    wall = Image.new("RGB", (1200, 800), WALL)
    for number, words in enumerate(NOTES):
        note = draw_note(words, COLOURS[number % len(COLOURS)]).rotate((number * 37) % 11 - 5, expand=True)
        wall.paste(note, (60 + number % 3 * 380, 60 + number // 3 * 370), note)
    target = io.BytesIO()
    wall.save(target, "PNG")
    return target.getvalue()


def draw_note(words: str, colour: str) -> Image.Image:
    """Draw one sticky note with its words."""
    note = Image.new("RGBA", (320, 320), colour)
    font = ImageFont.load_default(size=40)
    ImageDraw.Draw(note).text((24, 36), textwrap.fill(words, 13), fill="#20262e", font=font, spacing=10)
    return note
