"""Time phrases -> days, against the publication's local day, with tense as evidence.

A grammar of its own: what news writes is a small language ("on the 5th", "overnight", "since September 2015"), and a
general date parser reads much of it wrongly or not at all.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from service.model import DateBasis, DatePrecision

Tense = Literal["past", "future", "unknown"]


@dataclass(frozen=True, slots=True)
class Period:
    """A day, or the first day of a week (Monday), month or year."""

    first: dt.date
    precision: DatePrecision
    basis: DateBasis


_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name}
_DAYS = {name[:3].casefold(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 3}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"s?\.?"
)
_COUNT = rf"(?P<count>\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)s?"
_SHIFT = r"(?P<shift>last|past|previous|this|current|coming|next|following|(?<=of )the)"

Fields = dict[str, str]
Reading = Callable[[Fields, dt.date, Tense], Period | None]


def resolve_date(phrase: str, published: dt.date, tense: Tense = "unknown") -> Period | None:
    """The period that the phrase names, or None; of a range its beginning. Impossible dates ("31 June") are none.

    Args:
        phrase: as in the text, with or without its preposition.
        published: local day of publication.
        tense: of the act; it decides between the last and the next Monday, or December 7 of this and of next year.
    """
    text = re.sub(r"[\s,]+", " ", phrase.casefold().replace("’", "'")).strip(" .;:-")
    for pattern, reading in _READINGS:
        if match := pattern.search(text):
            return reading({name: value for name, value in match.groupdict().items() if value}, published, tense)
    return None


def _full(fields: Fields, _published: dt.date, _tense: Tense) -> Period | None:
    day = _day(int(fields["year"]), _month(fields), int(fields["day"]))
    return Period(day, "day", "stated") if day else None


def _month_day(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    days = [_day(year, _month(fields), int(fields["day"])) for year in _years(published)]
    chosen = _choose([day for day in days if day], published, tense)
    return Period(chosen, "day", "stated") if chosen else None


def _month_year(fields: Fields, _published: dt.date, _tense: Tense) -> Period:
    return Period(dt.date(int(fields["year"]), _month(fields), 1), "month", "stated")


def _month_only(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    shift = fields.get("shift")
    if shift == "next":
        tense = "future"
    elif shift in {"last", "past"}:
        published, tense = published.replace(day=1) - dt.timedelta(days=1), "past"
    firsts = [dt.date(year, _month(fields), 1) for year in _years(published)]
    chosen = _choose(firsts, published, tense)
    return Period(chosen, "month", "stated") if chosen else None


def _year_only(fields: Fields, _published: dt.date, _tense: Tense) -> Period:
    return Period(dt.date(int(fields["year"]), 1, 1), "year", "stated")


def _ordinal(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    """On the 5th: of this month, of the last or of the next."""
    first = published.replace(day=1)
    months = [first - dt.timedelta(days=1), first, first + dt.timedelta(days=31)]
    days = [_day(month.year, month.month, int(fields["day"])) for month in months]
    chosen = _choose([day for day in days if day], published, tense)
    return Period(chosen, "day", "stated") if chosen else None


def _weekday(fields: Fields, published: dt.date, tense: Tense) -> Period:
    """The last such day up to publication; the next one in the future tense; "last" and "next" as they say."""
    behind = (published.weekday() - _DAYS[fields["weekday"][:3]]) % 7
    shift = fields.get("shift")
    if shift == "next" or (tense == "future" and shift not in {"last", "past", "previous"}):
        day = published + dt.timedelta(days=7 - behind)
    elif shift in {"last", "past", "previous"} and behind == 0:
        day = published - dt.timedelta(days=7)
    else:
        day = published - dt.timedelta(days=behind)
    return Period(day, "day", "relative")


def _shifted_unit(fields: Fields, published: dt.date, _tense: Tense) -> Period | None:
    """Last week, this month, next year."""
    steps = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(fields["shift"], 0)
    unit = fields["unit"]
    if unit in {"day", "night", "hour"}:
        return Period(published + dt.timedelta(days=steps), "day", "relative")
    return _moved(published, unit, steps, within=True)


def _ago(fields: Fields, published: dt.date, _tense: Tense) -> Period | None:
    count = int(fields["count"]) if fields["count"].isdigit() else _NUMBERS[fields["count"]]
    return _moved(published, fields["unit"], -count, within=False)


def _named(days: int) -> Reading:
    return lambda _fields, published, _tense: Period(published + dt.timedelta(days=days), "day", "relative")


def _weekend(fields: Fields, published: dt.date, tense: Tense) -> Period:
    """The Saturday of the weekend: the last one up to publication unless the tense or "next" points ahead."""
    behind = (published.weekday() - 5) % 7
    ahead = fields.get("shift") in {"next", "coming"} or tense == "future"
    return Period(published + dt.timedelta(days=7 - behind if ahead else -behind), "day", "relative")


def _decade(fields: Fields, _published: dt.date, _tense: Tense) -> Period:
    return Period(dt.date(int(fields["decade"]), 1, 1), "year", "stated")


def _numeric(fields: Fields, _published: dt.date, _tense: Tense) -> Period | None:
    """Day and month in figures, where only one order is possible."""
    first, second, year = int(fields["a"]), int(fields["b"]), int(fields["year"])
    readings = {day for day in (_day(year, second, first), _day(year, first, second)) if day}
    return Period(readings.pop(), "day", "stated") if len(readings) == 1 else None


def _iso(fields: Fields, _published: dt.date, _tense: Tense) -> Period | None:
    day = _day(int(fields["year"]), int(fields["m"]), int(fields["day"]))
    return Period(day, "day", "stated") if day else None


def _moved(published: dt.date, unit: str, steps: int, *, within: bool) -> Period | None:
    """The period so many units from publication; ``within`` a unit it is the unit's first day."""
    if unit in {"hour", "day", "night"}:
        return Period(published + dt.timedelta(days=steps if unit != "hour" else 0), "day", "relative")
    if unit in {"week", "fortnight"}:
        day = published + dt.timedelta(weeks=steps * (2 if unit == "fortnight" else 1))
        return Period(day - dt.timedelta(days=day.weekday()), "week", "relative")
    if unit == "month":
        months = published.year * 12 + published.month - 1 + steps
        return Period(dt.date(months // 12, months % 12 + 1, 1), "month", "relative")
    year = published.year + steps * (10 if unit == "decade" else 1)
    if year < 1:
        return None
    return Period(dt.date(year - year % 10 if unit == "decade" and within else year, 1, 1), "year", "relative")


def _choose(days: list[dt.date], published: dt.date, tense: Tense) -> dt.date | None:
    """Of the same day in several years or months the one that the tense means; a day of grace for time zones."""
    if tense == "future":
        days = [day for day in days if day >= published] or days
    elif tense == "past":
        days = [day for day in days if day <= published + dt.timedelta(days=1)] or days
    return min(days, key=lambda day: abs(day - published), default=None)


def _years(published: dt.date) -> tuple[int, int, int]:
    return published.year - 1, published.year, published.year + 1


def _month(fields: Fields) -> int:
    return _MONTHS[fields["month"][:3]]


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(rf"(?<![\w-]){pattern}(?![\w-])"), reading)
    for pattern, reading in (
        (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)", _iso),
        (rf"{_MONTH} {_DAY} {_YEAR}", _full),
        (rf"{_DAY} (?:of )?{_MONTH} {_YEAR}", _full),
        (rf"(?P<a>\d\d?)[/.](?P<b>\d\d?)[/.]{_YEAR}", _numeric),
        (rf"(?:mid-)?{_MONTH} (?:of )?{_YEAR}", _month_year),
        (rf"{_MONTH} {_DAY}", _month_day),
        (rf"{_DAY} (?:of )?{_MONTH}", _month_day),
        (r"the day before yesterday", _named(-2)),
        (r"the day after tomorrow", _named(2)),
        (r"yesterday|the day before|the previous day|last night|the night before", _named(-1)),
        (r"tomorrow|the next day", _named(1)),
        (
            r"today|tonight|overnight|this (?:morning|afternoon|evening)|now|at dawn|hours ago|earlier in the day",
            _named(0),
        ),
        (rf"{_COUNT} {_UNIT} (?:ago|earlier|before|back)", _ago),
        (rf"(?:{_SHIFT} )?weekend", _weekend),
        (rf"(?:{_SHIFT} )?{_WEEKDAY}", _weekday),
        (rf"{_SHIFT} {_UNIT}", _shifted_unit),
        (r"(?:mid-)?(?P<decade>(?:1[89]|20)\d0)'?s", _decade),
        (rf"(?:mid-)?(?:{_SHIFT} )?{_MONTH}", _month_only),
        (r"the (?P<day>[0-3]?\d)(?:st|nd|rd|th)", _ordinal),
        (rf"(?:mid-)?{_YEAR}", _year_only),
    )
)
