"""Further shapes of survey exports: wide ones, ones by codes, and ones that programs write for programs."""

from __future__ import annotations

from tests.listen.survey_shapes import (
    AGES,
    MONKEY,
    SAID_SEE,
    SAID_WELL,
    SECRETS,
    SEE,
    WELL,
    Shape,
    write_time,
)

FURTHER_SHAPES = (
    Shape(
        "SurveyMonkey",
        "expanded.csv",
        [
            [*MONKEY, "Contact information", "", "", WELL, SEE, "Satisfied with:", "", "Age"],
            [
                *[""] * 7,
                "Name",
                "ZIP/Postal Code",
                "Phone",
                *["Open-Ended Response"] * 2,
                "Buses",
                "GP",
                "Response",
            ],
        ],
        lambda n: [
            f"1000{n}",
            "44",
            write_time(n),
            write_time(n),
            SECRETS[0],
            SECRETS[1],
            "Ada",
            "Ada Moss",
            "LE4 5AN",
            SECRETS[8],
            SAID_WELL[n],
            SAID_SEE[n],
            "Yes",
            "No",
            AGES[n],
        ],
    ),
    Shape(
        "",
        "no-respondent.csv",
        [[WELL, "Which do you use?", "", "Age"], ["Open-Ended Response", "Library", "Park", "Response"]],
        lambda n: [SAID_WELL[n], "Library", "", AGES[n]],
        prompts=(WELL,),
    ),
    Shape(
        "LimeSurvey",
        "lime-codes.csv",
        [["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "ipaddr", WELL, SEE]],
        lambda n: [n + 1, write_time(n), 3, "en", 99, "Moss", SECRETS[0], SAID_WELL[n], SAID_SEE[n]],
        separator=";",
    ),
    Shape(
        "Engagement HQ",
        "ehq-survey.xlsx",
        [["Respondent", "Login (Screen name)", "Date of contribution", "Mobile", WELL, SEE, "Age"]],
        lambda n: [n + 1, "adamoss", "May 07 24 10:00:00 am", SECRETS[8], SAID_WELL[n], SAID_SEE[n], AGES[n]],
    ),
    Shape(
        "Jisc Online Surveys",
        "jisc-codes.csv",
        [["UniqueResponseNumber", WELL, SEE, "Started", "Completed"]],
        lambda n: [f"88-{n}", SAID_WELL[n], SAID_SEE[n], "07/05/2024 10:00", "07/05/2024 10:10"],
    ),
    Shape(
        "",
        "written-by-programs.csv",
        [["response_id", "created_at", "first_name", "EmailAddress", "nhs_number", "DOB", WELL, "age_band"]],
        lambda n: [n, write_time(n), "Ada", SECRETS[1], "Moss", "01/02/1950", SAID_WELL[n], AGES[n]],
        prompts=(WELL,),
    ),
)
