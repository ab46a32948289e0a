"""Dates as people say them: 21 November 2026."""

from __future__ import annotations

from datetime import date, datetime


def say_date(moment: date | datetime) -> str:
    """Write a date as people say it; a moment counts in this machine's time zone."""
    day = moment.astimezone() if isinstance(moment, datetime) else moment
    return f"{day.day} {day:%B %Y}"


def say_moment(moment: datetime) -> str:
    """Write a moment with its time, in this machine's time zone."""
    return f"{say_date(moment)} at {moment.astimezone():%H:%M}"
