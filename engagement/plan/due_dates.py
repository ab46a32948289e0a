"""Dates as people say them, and how late or how soon something is."""

from __future__ import annotations

from datetime import date

DAYS_DUE_SOON = 14


def write_date(day: date | None, unknown: str = "no date") -> str:
    """Write a date as "21 November 2026"."""
    return f"{day.day} {day:%B %Y}" if day else unknown


def describe_due(due_on: date | None, today: date) -> str:
    """Say how late or how soon something is due, such as "2 weeks late" or "due tomorrow"."""
    if due_on is None:
        return "no due date"
    days = (due_on - today).days
    if days < 0:
        return f"{_count_time(-days)} late"
    if days < 2:
        return ("due today", "due tomorrow")[days]
    return f"due in {_count_time(days)}"


def _count_time(days: int) -> str:
    if days < 14:
        return f"{days} day{'s' if days > 1 else ''}"
    if days < 70:
        return f"{days // 7} weeks"
    return f"{days // 30} months"
