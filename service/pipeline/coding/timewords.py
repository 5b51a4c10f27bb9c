"""Time phrases in one form for the grammar: ordinals in figures, holidays as days, ranges by their beginning."""

import re
from collections.abc import Callable

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_TO = r"\s?(?:-|–|—|to|and|until|through|/)\s?"
_PART = r"(?:(?:early|late|mid-?|the end of|the beginning of)\s?)?"

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_FIGURES = {word: number for number, word in enumerate(_ORDINALS, 1)}
_FIGURES |= {f"twenty-{word}": 20 + number for word, number in list(_FIGURES.items())[:9]}
_FIGURES |= {"thirtieth": 30, "thirty-first": 31}
_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
}
_DECADES["nineties"] = 90
_HOLIDAYS = {
    "christmas day": "december 25",
    "christmas eve": "december 24",
    "boxing day": "december 26",
    "new year's day": "january 1",
    "new year's eve": "december 31",
    "may day": "may 1",
    "fourth of july": "july 4",
}
_OF_MONTH = rf"(?= (?:day )?(?:of )?(?:the month|last month|this month|next month|{MONTHS}))"

Replacement = str | Callable[[re.Match[str]], str]
_REPLACEMENTS: tuple[tuple[re.Pattern[str], Replacement], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"\b({'|'.join(_HOLIDAYS)})\b", lambda match: _HOLIDAYS[match[1]]),
        (
            rf"\b({'|'.join(sorted(_FIGURES, key=len, reverse=True))})\b{_OF_MONTH}",
            lambda match: f"{_FIGURES[match[1]]}th",
        ),
        (rf"\b({'|'.join(_DECADES)})\b", lambda match: f"19{_DECADES[match[1]]}s"),
        (r"(?<![\w'])'([2-9]0)s\b", r"19\1s"),
        (r"(?<![\w'])'(\d\d)\b(?!s)", lambda match: ("19" if int(match[1]) > 30 else "20") + match[1]),  # noqa: PLR2004 - of this century
        (r"\b((?:1[89]|20)\d\d)[-–/]\d{2,4}\b(?![-–/]\d)", r"\1"),
        (rf"\b({MONTHS}) ({_DAY}){_TO}{MONTHS} {_DAY}( (?:1[89]|20)\d\d)?", r"\1 \2\3"),
        (rf"\b({_DAY}) ({MONTHS}){_TO}{_DAY} {MONTHS}( (?:1[89]|20)\d\d)?", r"\1 \2\3"),
        (rf"\b({_DAY}){_TO}{_DAY}(?= (?:of )?{MONTHS})", r"\1"),
        (rf"\b({MONTHS}) ({_DAY}){_TO}{_DAY}\b(?!\d)", r"\1 \2"),
        (rf"\b({MONTHS}){_TO}{_PART}{MONTHS}( (?:of )?(?:1[89]|20)\d\d)?", r"\1\2"),
        (r"\b(year|month|week)['’]?s?[- ]end\b", r"end of the \1"),
        (r"\b(\w+) of (last|next|this) week\b", r"\2 week's \1"),
    )
)


def normalised(phrase: str) -> str:
    """The phrase in lower case, without commas, with ``end of the year`` for ``year's end`` and the like."""
    text = re.sub(r"[\s,]+", " ", phrase.casefold().replace("’", "'").replace("‘", "'")).strip(" .;:-")
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return re.sub(r" +", " ", text)
