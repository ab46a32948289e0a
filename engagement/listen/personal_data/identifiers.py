"""Numbers and addresses that point at one person, by their own check digits and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engagement.listen.personal_data.hints import Hint, HintKind, Recogniser

NEAR = 40
"""Characters before a number in which a word may say what it is."""

TEN_DIGITS = re.compile(r"(?<![\d.])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\d-]|\.\d)")
NHS_WORDS = re.compile(r"\bNHS\b|patient|hospital|health number", re.IGNORECASE)
# QQ is no prefix in use, but the one that forms show as an example.
NATIONAL_INSURANCE = re.compile(
    r"\b(?:QQ|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(?:[ -]?\d{2}){3}[ -]?[A-D]\b",
    re.IGNORECASE,
)
CARD = re.compile(r"(?<![\d-])\d{4}([ -]?)\d{4}\1\d{4}\1\d{2,4}(?![\d-])")
DIGIT = re.compile(r"\d")
# Rationale: no number that can be dialled has fewer, and looking for phone numbers takes long.
FEWEST_PHONE_DIGITS = 7
# Numbers that were never given out, as in made-up notes, are told by their shape.
MOBILE = re.compile(r"(?<![\d+])(?:\+44 ?(?:\(0\) ?)?|0)7(?:[ .-]?\d){9}(?!\d)")
# No part is longer than the standard lets it be (RFC 5321), which also keeps the search short.
E_MAIL = re.compile(
    r"(?<![\w.%+'-])[\w.%+'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])", re.IGNORECASE
)
# The shapes in use, from A9 9AA to AA9A 9AA; the last two letters are never C, I, K, M, O or V.
POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))"
    r" ?\d[ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = re.compile(
    rf"\b(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\.?,? (?:19|20)\d\d"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
BIRTH_WORDS = re.compile(r"\b(?:born|birth|birthday|d\.?o\.?b)\b", re.IGNORECASE)
STREET = (
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Crescent|Gardens|Terrace|Place|Way|Grove|Court|Walk|"
    r"Square|Mews|Row|Hill|Rise|Parade|House)"
)
ADDRESS = re.compile(
    rf"\b(?:(?:[Ff]lat|[Aa]partment|[Rr]oom) \d+[a-z]?,? (?:at )?)?\d{{1,4}}[a-zA-Z]?,? "
    rf"(?:[A-Z][\w'’-]+ ){{1,3}}{STREET}\b"
)


def find_nhs_numbers(text: str) -> Iterator[Hint]:
    """Find ten digits with the right check digit, set apart as 3 3 4 or after a word such as NHS."""
    for match in TEN_DIGITS.finditer(text):
        digits = match[1] + match[3] + match[4]
        is_named = bool(NHS_WORDS.search(text, max(0, match.start() - NEAR), match.start()))
        if _has_nhs_check_digit(digits) and (is_named or (match[2] and digits[0] != "0")):
            yield Hint(HintKind.NHS_NUMBER, *match.span(), "ten digits whose last one checks the others")


def find_national_insurance(text: str) -> Iterator[Hint]:
    """Find National Insurance numbers by their shape."""
    for match in NATIONAL_INSURANCE.finditer(text):
        yield Hint(HintKind.NATIONAL_INSURANCE, *match.span(), "two letters, six digits and a letter")


def find_card_numbers(text: str) -> Iterator[Hint]:
    """Find card numbers by their check digit (Luhn)."""
    for match in CARD.finditer(text):
        if _has_card_check_digit([int(each) for each in match[0] if each.isdigit()]):
            yield Hint(
                HintKind.CARD_NUMBER, *match.span(), "a long number whose last digit checks the others"
            )


def find_e_mails(text: str) -> Iterator[Hint]:
    """Find e-mail addresses."""
    for match in E_MAIL.finditer(text):
        yield Hint(HintKind.E_MAIL, *match.span(), "words around an @")


def find_phones(text: str) -> Iterator[Hint]:
    """Find phone numbers that can be dialled from the United Kingdom, and mobile numbers by their shape."""
    if len(DIGIT.findall(text)) < FEWEST_PHONE_DIGITS:
        return
    from phonenumbers import Leniency, PhoneNumberMatcher

    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.VALID):
        yield Hint(HintKind.PHONE, match.start, match.end, "a number that can be dialled")
    for shape in MOBILE.finditer(text):
        yield Hint(HintKind.PHONE, *shape.span(), "the shape of a mobile number")


def find_postcodes(text: str) -> Iterator[Hint]:
    """Find whole postcodes; the first half alone ("LE4") names thousands of homes and is left."""
    for match in POSTCODE.finditer(text):
        is_written_so = match[0].isupper() or " " in match[0] or "postcode" in text.casefold()
        if is_written_so:
            yield Hint(HintKind.POSTCODE, *match.span(), "the shape of a postcode")


def find_birth_dates(text: str) -> Iterator[Hint]:
    """Find dates that a word before them says somebody was born on."""
    for match in DATE.finditer(text):
        if BIRTH_WORDS.search(text, max(0, match.start() - NEAR), match.start()):
            yield Hint(HintKind.BIRTH_DATE, *match.span(), "a date after a word such as “born”")


def find_addresses(text: str) -> Iterator[Hint]:
    """Find a house number with its street."""
    for match in ADDRESS.finditer(text):
        yield Hint(HintKind.ADDRESS, *match.span(), "a number with a street")


RECOGNISERS: tuple[Recogniser, ...] = (
    find_e_mails,
    find_nhs_numbers,
    find_national_insurance,
    find_card_numbers,
    find_birth_dates,
    find_phones,
    find_postcodes,
    find_addresses,
)
"""In the order in which they win where two overlap."""


def _has_nhs_check_digit(digits: str) -> bool:
    """Check the last digit by weights 10 to 2, modulo 11 (NHS Data Dictionary, NHS NUMBER)."""
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[9]) and len(set(digits)) > 1


def _has_card_check_digit(digits: list[int]) -> bool:
    doubled = [
        sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1
