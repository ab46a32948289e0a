"""What the header of a column says that it holds, in words, in snake_case or in CamelCase."""

from __future__ import annotations

import re

AREA = re.compile(
    r"\b(ward|area|neighbou?rhood|locality|district|town|where do you live|postcode area|trust)\b",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"^(how|to what extent|overall|thinking|(please )?rate|do|does|did|are|is|would|should|why|what would"
    r"|(i|my|the|there)\b.*\b(is|are|feels?|has|have|needs?|makes?)"
    r"|what (works?|do(es)?n.?t|do|does|could|should|can|makes?|matters?|needs?|has|have"
    r"|helps?|stops?)|what(.?s| is) (it|good|bad|great|best|missing|wrong|working|not|like))\b",
    re.IGNORECASE,
)
"""What asks for a view, also of a place: "How happy are you with your area?"."""
OPEN = re.compile(
    r"^(is there|do you have|have you)? ?(any(thing)?|(some)?thing) (else|other|further|more|comments?|you)\b"
    r"|^(other|further|additional|general|final|more) comments?\b"
    r"|\bplease (tell us|explain|describe|say (more|why|what)|give (details|reasons|your reasons)|specify)\b",
    re.IGNORECASE,
)
"""What asks for people's own words, however few of them wrote some."""
RESPONDENT = re.compile(
    r"^(id|#|no\.?|number|serial( no| number)?|id[. ]name|user ?(id|no)|respondent( ?id)?"
    r"|(id\. )?response ?id|(contribution|comment|entry|submission|object) ?id"
    r"|unique ?response ?number|case|participant( ?id)?"
    r"|ref(erence)?)$",
    re.IGNORECASE,
)
PROMPT = re.compile(r"^(question|prompt|question text|asked)$", re.IGNORECASE)
WORDS = re.compile(
    r"^(text|words|comments?|response|answer|voice|feedback|what (they|people) said|verbatim)s?$",
    re.IGNORECASE,
)
MACHINERY = re.compile(
    r"^(start ?(time|date)|last modified time|duration.*|status|progress|finished|collector ?id|user "
    r"?language|distribution ?channel|external ?reference|custom data.*|total points|points - .*"
    r"|feedback - .*|quiz.*|source|label|(\w+\. )?(last ?page|start ?language|seed|token|ref ?url)( .*)?"
    r"|(device|instance|global|session|network|form) ?id|u?uid|key|date ?stamp|(edit|update)d? ?(date|at)"
    r"|last updated|moderation status|completion status|id completed|q ?recaptcha ?score)$",
    re.IGNORECASE,
)
ABOUT_PEOPLE = re.compile(
    r"\b(age|how old|year of birth|gender|sex|trans|ethnic\w*|religio\w*|faith|belief|disab\w*|long.term "
    r"condition|sexual\w*|orientation|marital|marriage|pregnan\w*|first language|main language|nationality|"
    r"occupation|employment|working status|tenure|household|describe you)\b|^m/f$",
    re.IGNORECASE,
)
OF_A_PERSON = re.compile(
    r"\b(e-?mail|ip ?addr(ess)?|user ?name|login name|screen name|(first|last|full|given|family|sur|fore"
    r"|your) ?names?|names? of (your )?(child|children|carer|parent|person|participant|respondent)"
    r"|(phone|telephone|mobile|contact|your) ?(number|no)|contact (details|information|me|you)"
    r"|leave (a|your) number|post ?codes?|zip|(home|street|postal|your) address|date of birth"
    r"|birth ?da(te|y)|dob|nhs ?(number|no)|national insurance|ni (number|no)|latitude|longitude|lat|lng|lon"
    r"|gps|easting|northing|coordinates|twitter handle|created by|submitted by)\b"
    r"|^(e-?bost|enw( llawn| cyntaf)?|cod post|cyfeiriad|rhif ffôn)$"
    r"|^names?$|[-:] names?$|^(first|last)$|^recipient|^[xy]$",
    re.IGNORECASE,
)
PERHAPS_OF_A_PERSON = re.compile(
    r"\b(phone|telephone|mobile|address|postal|login|handle|signature|twitter|facebook|instagram|linkedin"
    r"|social media|creator|editor)\b",
    re.IGNORECASE,
)
"""Also what people may be asked to say something about: "What is it like to get through by phone?"."""
PERSON_IN_CELLS = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+|(?:\d{1,3}\.){3}\d{1,3}|(?:[\da-f]{0,4}:){4,7}[\da-f]{0,4}"
    r"|(?:\+44|0)[\d ()-]{9,14}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} ?(?:\d\d ?){3}[A-D]"
    r"|\d{3} \d{3} \d{4}",
    re.IGNORECASE,
)
PARTS = re.compile(r" [-–—] |: ")
BEFORE_WORDS = re.compile(r"^(?:\W|Q ?\d+\b|\d+\b)+", re.IGNORECASE)
"""Marks and numbers in front of a question: "*What works*" of Typeform, "Q3. What works"."""
JOINED_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|_|(?<=\w)\.(?=\w)|(?<=\w)-(?=[A-Z])")


def part_words(header: str) -> str:
    """Set the words of a header apart that a program wrote as one.

    Examples
    --------
    >>> part_words("phone_number"), part_words("PostCode"), part_words("What works well?")
    ('phone number', 'Post Code', 'What works well?')
    """
    return " ".join(JOINED_WORDS.sub(" ", header.replace("\u00a0", " ")).split())


def says(pattern: re.Pattern[str], header: str) -> bool:
    """Tell whether a header says something, as it stands or with its words set apart."""
    plain = " ".join(header.replace("\u00a0", " ").split())
    return bool(pattern.search(plain) or pattern.search(part_words(plain)))


def asks_for_a_view(header: str) -> bool:
    """Tell whether a header asks for a view, also behind the part of the form that it stands in."""
    return any(OPINION.match(BEFORE_WORDS.sub("", each)) for each in PARTS.split(header))


def looks_personal(cell: str) -> bool:
    """Tell whether all of a cell is an e-mail or IP address, a postcode, a phone or NHS number or such."""
    return bool(PERSON_IN_CELLS.fullmatch(cell.strip()))
