"""Telling from the headers of an export which survey tool wrote it, and which columns it adds of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SurveyTool:
    """A survey tool: headers that its exports hold, and further ones that say nothing of what people said.

    All headers are written in small letters.
    """

    name: str
    signature: frozenset[str]
    own: frozenset[str] = frozenset()


def _tool(name: str, signature: str, own: str = "") -> SurveyTool:
    return SurveyTool(name, frozenset(signature.split("; ")), frozenset(own.split("; ")))


TOOLS = (
    _tool("Qualtrics", "startdate; responseid", "response type; start date; recorded date; user language"),
    _tool("SurveyMonkey", "respondent id; collector id", "ip address; custom data 1"),
    _tool(
        "Microsoft Forms",
        "id; start time; completion time; email; name",
        "total points; quiz feedback; last modified time",
    ),
    _tool("Jisc Online Surveys", "unique response number", "completed"),
    _tool("Jisc Online Surveys", "uniqueresponsenumber", "completed"),
    _tool("SmartSurvey", "userid; userno", "unique id; tracking link; ended"),
    _tool("Snap Surveys", "id.name; id.date", "id.start; id.time; id.enddate; id.end; id.uniqueid"),
    _tool("Typeform", "#; network id", "response type; tags; stage date (utc); submit date (utc)"),
    _tool(
        "LimeSurvey", "response id; last page", "last page; start language; seed; ip address; referrer url"
    ),
    _tool("LimeSurvey", "submitdate; lastpage"),
    _tool("LimeSurvey", "id. response id; lastpage. last page"),
    _tool("Survey123", "objectid; globalid"),
    _tool("Wufoo", "entry id; date created"),
    _tool(
        "Alchemer",
        "response id; sessionid; user agent",
        "contact id; legacy comments; comments; language; referer; tags; ip address; longitude; latitude; "
        "country; city; state/region; postal; status; user agent",
    ),
    _tool("Engagement HQ", "contribution id; login name", "user id; login name"),
    _tool("Engagement HQ", "login (screen name); date of contribution"),
    _tool("Commonplace", "comment id; agreements", "agreements"),
    _tool("Citizen Space", "response id; date submitted", "privacy"),
    _tool("Citizen Space", "response id; submitted", "privacy"),
    _tool("Google Forms", "timestamp", "username; score"),
)


def find_tool(headers: Iterable[str]) -> SurveyTool | None:
    """Find the tool whose signature all stands in these headers; None when nothing is known of them."""
    known = {" ".join(header.replace("\u00a0", " ").split()).casefold() for header in headers}
    return next((tool for tool in TOOLS if tool.signature <= known), None)
