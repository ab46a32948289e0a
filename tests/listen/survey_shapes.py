"""Exports of survey tools, by the shape that each tool gives them; what people say in them is made up."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.listen.documents import write_xlsx

WELL, SEE = "What works well where you live?", "What would you like to see?"
SAID_WELL = (
    "The lunch club on Tuesdays keeps me going all week",
    "Nobody answers the phone at the surgery when I ring",
    "A bench by the shops so that I can rest my legs",
    "I would like a bus that runs on Sundays to town",
    "My neighbour knocks every morning and that is enough",
)
SAID_SEE = (
    "More places to meet people of my own age",
    "The stairs at the station are too steep for me",
    "Warm rooms in winter that do not cost money",
    "Someone to show me how to use the internet",
    "Safer streets after dark near the park",
)
AGES = ("65 to 74", "16 to 24", "65 to 74", "25 to 34", "65 to 74")
WARDS = ("Belgrave", "Abbey", "Belgrave", "Abbey", "Castle")
SECRETS = (
    "10.0.0.1",
    "ada@example.org",
    "Ada",
    "Moss",
    "adamoss",
    "LE4 5AN",
    "52.6",
    "Mozilla",
    "07700 900123",
)

Cell = str | int | None
Rows = list[list[Any]]


@dataclass(frozen=True)
class Shape:
    """One export: how it is named and written, its header rows, and what stands in the row of a person."""

    tool: str
    file_name: str
    headers: Sequence[Sequence[Cell]]
    answer: Callable[[int], Sequence[Cell]]
    separator: str = ","
    encoding: str = "utf-8"
    above: int = 0
    prompts: tuple[str, ...] = (WELL, SEE)

    def write(self) -> bytes:
        """Write the file."""
        rows: Rows = [list(row) for row in self.headers] + [list(self.answer(n)) for n in range(len(AGES))]
        if self.file_name.endswith(".xlsx"):
            return write_xlsx(rows)
        target = io.StringIO()
        csv.writer(target, delimiter=self.separator).writerows(rows)
        return target.getvalue().encode(self.encoding)


def write_time(n: int) -> str:
    return f"2024-05-07 10:0{n}:00"


MONKEY = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
]
QUALTRICS = [
    "StartDate",
    "EndDate",
    "Status",
    "IPAddress",
    "Progress",
    "Duration (in seconds)",
    "Finished",
    "RecordedDate",
    "ResponseId",
    "RecipientLastName",
    "RecipientEmail",
    "LocationLatitude",
    "DistributionChannel",
    "UserLanguage",
]
QUALTRICS_TEXTS = [
    "Start Date",
    "End Date",
    "Response Type",
    "IP Address",
    "Progress",
    "Duration (in seconds)",
    "Finished",
    "Recorded Date",
    "Response ID",
    "Recipient Last Name",
    "Recipient Email",
    "Location Latitude",
    "Distribution Channel",
    "User Language",
]
ALCHEMER = [
    "Response ID",
    "Time Started",
    "Date Submitted",
    "Status",
    "Contact ID",
    "Language",
    "Referer",
    "SessionID",
    "User Agent",
    "IP Address",
    "Longitude",
    "Country",
    "City",
    "Postal",
]

SHAPES = (
    Shape(
        "Microsoft Forms",
        "forms.xlsx",
        [["ID", "Start time", "Completion time", "Email", "Name", WELL, SEE, "How old are you?", "Ward"]],
        lambda n: [
            n + 1,
            write_time(n),
            write_time(n),
            SECRETS[1],
            "Ada",
            SAID_WELL[n],
            SAID_SEE[n],
            AGES[n],
            WARDS[n],
        ],
    ),
    Shape(
        "Microsoft Forms",
        "quiz.xlsx",
        [["ID", "Start time", "Completion time", "Email", "Name", "Total points", WELL, f"Points - {WELL}"]],
        lambda n: [n + 1, write_time(n), write_time(n), SECRETS[1], "Ada", 0, SAID_WELL[n], None],
        prompts=(WELL,),
    ),
    Shape(
        "SurveyMonkey",
        "monkey.csv",
        [
            [*MONKEY, WELL, SEE, "What is your age?", "Which do you use?", ""],
            [*[""] * 7, "Open-Ended Response", "Open-Ended Response", "Response", "Library", "Park"],
        ],
        lambda n: [
            f"1000{n}",
            "44",
            "05/07/2024 10:00:00 AM",
            "05/07/2024 10:05:00 AM",
            SECRETS[0],
            SECRETS[1],
            "Ada",
            SAID_WELL[n],
            SAID_SEE[n],
            AGES[n],
            "Library",
            "",
        ],
    ),
    Shape(
        "SurveyMonkey",
        "monkey.xlsx",
        [[*MONKEY, WELL, "Age"], [*[None] * 7, "Open-Ended Response", "Response"]],
        lambda n: [10_000 + n, 44, write_time(n), write_time(n), SECRETS[0], "", "", SAID_WELL[n], AGES[n]],
        prompts=(WELL,),
    ),
    Shape(
        "Qualtrics",
        "qualtrics.csv",
        [
            [*QUALTRICS, "Q1", "Q2", "Q3"],
            [*QUALTRICS_TEXTS, WELL, SEE, "How old are you?"],
            [f'{{"ImportId":"{n}"}}' for n in range(17)],
        ],
        lambda n: [
            write_time(n),
            write_time(n),
            "IP Address",
            SECRETS[0],
            "100",
            "300",
            "True",
            write_time(n),
            f"R_{n}",
            "Moss",
            SECRETS[1],
            SECRETS[6],
            "anonymous",
            "EN",
            SAID_WELL[n],
            SAID_SEE[n],
            AGES[n],
        ],
    ),
    Shape(
        "Google Forms",
        "google.csv",
        [["Timestamp", "Username", WELL, SEE, "Age group"]],
        lambda n: [
            f"2024/05/07 3:0{n}:05 PM GMT+1",
            SECRETS[1],
            SAID_WELL[n],
            SAID_SEE[n],
            AGES[n],
        ],
    ),
    Shape(
        "Google Forms",
        "google.xlsx",
        [["Timestamp", "Email address", WELL, SEE, "Age group"]],
        lambda n: [write_time(n), SECRETS[1], SAID_WELL[n], SAID_SEE[n], AGES[n]],
    ),
    Shape(
        "Jisc Online Surveys",
        "jisc.csv",
        [
            [
                "Unique Response Number",
                "Started",
                "Completed",
                f"1. {WELL}",
                f"2. {SEE}",
                "3. What is your age?",
            ]
        ],
        lambda n: [
            f"12-{n}",
            f"07/05/2024 10:0{n}",
            f"07/05/2024 10:1{n}",
            SAID_WELL[n],
            SAID_SEE[n],
            AGES[n],
        ],
    ),
    Shape(
        "Citizen Space",
        "citizen.csv",
        [
            [
                "Response ID",
                "Date Submitted",
                "What is your name?",
                "What is your email address?",
                WELL,
                SEE,
                "Ward",
            ]
        ],
        lambda n: [f"ANON-{n}", write_time(n), "Ada", SECRETS[1], SAID_WELL[n], SAID_SEE[n], WARDS[n]],
    ),
    Shape(
        "Citizen Space",
        "citizen.xlsx",
        [["Response ID", "Submitted", "Privacy", "What is your name?", WELL, SEE, "Ward"]],
        lambda n: [f"ANON-{n}", "2024-05-07", "I agree", "Ada", SAID_WELL[n], SAID_SEE[n], WARDS[n]],
    ),
    Shape(
        "SmartSurvey",
        "smart.csv",
        [
            [
                "UserID",
                "UserNo",
                "Name",
                "Email",
                "IP Address",
                "Unique ID",
                "Started",
                "Ended",
                f"1. {WELL}",
                SEE,
            ]
        ],
        lambda n: [
            f"3{n}",
            n,
            "Ada",
            SECRETS[1],
            SECRETS[0],
            f"u{n}",
            "07/05/2024",
            "07/05/2024",
            SAID_WELL[n],
            SAID_SEE[n],
        ],
    ),
    Shape(
        "Snap Surveys",
        "snap.csv",
        [["ID.Name", "ID.date", "ID.start", "ID.endDate", "ID.time", WELL, SEE, "Age"]],
        lambda n: [n, "07/05/2024", "10:00:00", "07/05/2024", "300", SAID_WELL[n], SAID_SEE[n], AGES[n]],
    ),
    Shape(
        "Typeform",
        "typeform.csv",
        [["#", WELL, SEE, "How old are you?", "Response Type", "Start Date (UTC)", "Network ID", "Tags"]],
        lambda n: [f"a{n}", SAID_WELL[n], SAID_SEE[n], AGES[n], "completed", write_time(n), f"n{n}", ""],
    ),
    Shape(
        "LimeSurvey",
        "lime.csv",
        [["Response ID", "Date submitted", "Last page", "Start language", "Seed", WELL, SEE, "Age group"]],
        lambda n: [n + 1, write_time(n), 3, "en", 12345 + n, SAID_WELL[n], SAID_SEE[n], AGES[n]],
        separator=";",
    ),
    Shape(
        "Alchemer",
        "alchemer.csv",
        [[*ALCHEMER, WELL, SEE]],
        lambda n: [
            n,
            write_time(n),
            write_time(n),
            "Complete",
            "",
            "English",
            "",
            f"s{n}",
            "Mozilla/5.0 (X11)",
            SECRETS[0],
            "-1.1",
            "United Kingdom",
            "Leicester",
            "LE4",
            SAID_WELL[n],
            SAID_SEE[n],
        ],
    ),
    Shape(
        "Engagement HQ",
        "ehq.csv",
        [["Contribution ID", "Date of contribution", "User ID", "Login name", "Postcode", "Age", WELL, SEE]],
        lambda n: [
            500 + n,
            "May 07 24 10:00:00 am",
            90 + n,
            "adamoss",
            "LE4 5AN",
            AGES[n],
            SAID_WELL[n],
            SAID_SEE[n],
        ],
    ),
    Shape(
        "Commonplace",
        "commonplace.csv",
        [["Comment ID", "Date", WELL, SEE, "Agreements", "Longitude", "Latitude"]],
        lambda n: [f"c{n}", "2024-05-07", SAID_WELL[n], SAID_SEE[n], 3, "-1.13", "52.6"],
    ),
    Shape(
        "",
        "one-row-per-answer.csv",
        [["Question", "Text", "Locality"]],
        lambda n: [WELL, SAID_WELL[n], WARDS[n]],
        prompts=(WELL,),
    ),
    Shape(
        "",
        "typed-up.xlsx",
        [["Belgrave survey, typed up"], [], ["No", f"Q1 {WELL}", f"Q2 {SEE}", "M/F", "Age"]],
        lambda n: [n + 1, SAID_WELL[n], SAID_SEE[n], "F" if n % 2 else "M", AGES[n]],
    ),
    Shape(
        "",
        "windows.csv",
        [["Ref", WELL, "Area"]],
        lambda n: [n + 1, f"£5 – ‘{SAID_WELL[n]}’", WARDS[n]],
        separator=";",
        encoding="cp1252",
        prompts=(WELL,),
    ),
    Shape(
        "",
        "tabs.tsv",
        [["Respondent", WELL, "Locality"]],
        lambda n: [n, SAID_WELL[n], WARDS[n]],
        separator="\t",
        prompts=(WELL,),
    ),
)
