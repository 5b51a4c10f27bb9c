"""Time phrases -> days, against the publication's local day, with tense as evidence.

A grammar of its own: what news writes is a small language ("on the 5th", "overnight", "since September 2015"), and a
general date parser reads much of it wrongly or not at all. ``timewords`` brings a phrase into one form, the patterns
here say what it is, ``stated_dates`` and ``relative_dates`` which days that means.
"""

import datetime as dt
import re
from functools import lru_cache

from service.pipeline.coding import relative_dates as relative
from service.pipeline.coding import stated_dates as stated
from service.pipeline.coding.periods import NUMBERS, Period, Reading, Tense
from service.pipeline.coding.timewords import MONTHS, normalised

_MONTH = rf"(?P<month>{MONTHS})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"\.?"
)
_COUNT = rf"(?P<count>\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)s?"
_NTH = r"(?P<nth>1th|2th|3th|4th|first|second|third|fourth|last)"
_SHIFT = r"(?P<shift>last|this past|past|previous|this|current|coming|next|following|(?<=of )the)"


def resolve_date(phrase: str, published: dt.date, tense: Tense = "unknown") -> Period | None:
    """The period that the phrase names, or None; of a range its beginning. Impossible dates ("31 June") are none.

    Args:
        phrase: as in the text, with or without its preposition.
        published: local day of publication.
        tense: of the act; it decides between the last and the next Monday, or December 7 of this and of next year.
    """
    found = _read(phrase)
    return found[0](dict(found[1]), published, tense) if found else None


@lru_cache(maxsize=4096)
def _read(phrase: str) -> tuple[Reading, dict[str, str]] | None:
    """What says which days a phrase means, and its parts. News has few such phrases and uses them over and over."""
    text = normalised(phrase)
    for pattern, reading in _READINGS:
        if match := pattern.search(text):
            return reading, {name: value for name, value in match.groupdict().items() if value}
    return None


_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(rf"(?<![\w-]){pattern}(?![\w-])"), reading)
    for pattern, reading in (
        (rf"(?:every|each) (?:{_UNIT}|{_WEEKDAY})|(?:mon|tues|wednes|thurs|fri|satur|sun)days", relative.no_date),
        (r"(?:the )?(?:coming|recent|past|last|next) (?:few |several )?(?:days|weeks|months|years)", relative.no_date),
        (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)", stated.iso),
        (rf"week (?:of|beginning|starting) (?:on )?{_MONTH} {_DAY}(?: {_YEAR})?", stated.week_of),
        (rf"week (?:of|beginning|starting) (?:on )?{_DAY} (?:of )?{_MONTH}(?: {_YEAR})?", stated.week_of),
        (
            rf"{_NTH} (?:{_WEEKDAY}|day) (?:of|in) {_MONTH}(?: {_YEAR})?",
            stated.nth_of_month,
        ),
        (rf"{_MONTH} {_DAY} {_YEAR}", stated.full),
        (rf"{_DAY} (?:of )?{_MONTH} {_YEAR}", stated.full),
        (rf"(?P<a>\d\d?)[/.](?P<b>\d\d?)[/.]{_YEAR}", stated.numeric),
        (r"(?P<a>\d\d?)/(?P<b>\d\d?)", stated.numeric_yearless),
        (rf"(?:mid-)?{_MONTH} (?:of )?{_YEAR}", stated.month_year),
        (rf"{_MONTH} {_DAY}", stated.month_day),
        (rf"{_DAY} (?:of )?{_MONTH}", stated.month_day),
        (rf"(?:the )?{_DAY} (?:day )?of {_SHIFT} month", stated.ordinal),
        (rf"(?:mid-)?{_MONTH},? (?:of )?{_SHIFT} (?P<unit>year)", stated.month_only),
        (rf"{_WEEKDAY} the {_DAY}", stated.ordinal),
        (r"the (?:day|night) before (?:yesterday|last)", relative.named(-2)),
        (r"the day after tomorrow", relative.named(2)),
        (r"a week (?P<ago>ago) (?P<from>today|yesterday|tomorrow)", relative.week_from),
        (r"a week (?:from )?(?P<from>today|yesterday|tomorrow)", relative.week_from),
        (r"yesterday|the day before|the previous day|last night|the night before", relative.named(-1)),
        (r"tomorrow|the next day", relative.named(1)),
        (rf"{_COUNT} {_UNIT} from (?P<now>now|today)", relative.ahead),
        (r"today|tonight", relative.named(0)),
        (rf"{_COUNT} {_UNIT} (?:ago|earlier|before|back)", relative.ago),
        (rf"in {_COUNT} {_UNIT}(?:'? (?P<now>time))?", relative.ahead),
        (rf"(?:{_SHIFT} )?weekend", relative.weekend),
        (rf"(?:the )?{_WEEKDAY} (?P<before>before last)", relative.weekday),
        (rf"{_WEEKDAY} (?P<later>week)", relative.weekday),
        (rf"{_SHIFT} (?P<week>week)'s {_WEEKDAY}", relative.weekday),
        (rf"(?:{_SHIFT} )?{_WEEKDAY}", relative.weekday),
        (r"overnight|this (?:morning|afternoon|evening)|now|at dawn|hours ago", relative.named(0)),
        (rf"the {_UNIT} (?P<before>before last)", relative.shifted_unit),
        (rf"{_SHIFT} {_UNIT}", relative.shifted_unit),
        (r"(?:mid-)?(?P<decade>(?:1[89]|20)\d0)'?s", stated.decade),
        (rf"(?:mid-)?(?:{_SHIFT} )?{_MONTH}", stated.month_only),
        (r"the (?P<day>[0-3]?\d)(?:st|nd|rd|th)", stated.ordinal),
        (rf"(?:mid-)?{_YEAR}", stated.year_only),
    )
)
