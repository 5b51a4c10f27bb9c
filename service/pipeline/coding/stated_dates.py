"""Time phrases that name a day of the calendar, or a month or a year of it."""

import calendar
import datetime as dt

from service.pipeline.coding.periods import DAYS, MONTHS, STEPS, Fields, Period, Tense


def full(fields: Fields, _published: dt.date, _tense: Tense) -> Period | None:
    day = _day(int(fields["year"]), _month(fields), int(fields["day"]))
    return Period(day, "day", "stated") if day else None


def iso(fields: Fields, _published: dt.date, _tense: Tense) -> Period | None:
    day = _day(int(fields["year"]), int(fields["m"]), int(fields["day"]))
    return Period(day, "day", "stated") if day else None


def numeric(fields: Fields, _published: dt.date, _tense: Tense) -> Period | None:
    """Day and month in figures, where only one order is possible."""
    first, second, year = int(fields["a"]), int(fields["b"]), int(fields["year"])
    readings = {day for day in (_day(year, second, first), _day(year, first, second)) if day}
    return Period(readings.pop(), "day", "stated") if len(readings) == 1 else None


def numeric_yearless(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    found = [numeric({**fields, "year": str(year)}, published, tense) for year in _years(published)]
    chosen = _choose([period.first for period in found if period], published, tense)
    return Period(chosen, "day", "stated") if chosen else None


def month_day(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    days = [_day(year, _month(fields), int(fields["day"])) for year in _years(published)]
    chosen = _choose([day for day in days if day], published, tense)
    return Period(chosen, "day", "stated") if chosen else None


def month_year(fields: Fields, _published: dt.date, _tense: Tense) -> Period:
    return Period(dt.date(int(fields["year"]), _month(fields), 1), "month", "stated")


def month_only(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    """A month without its year, or with one that is counted: "last September", "May last year"."""
    month, shift = _month(fields), fields.get("shift")
    if "unit" in fields:
        return Period(dt.date(published.year + STEPS.get(fields["shift"], 0), month, 1), "month", "relative")
    this = published.replace(day=1)
    firsts = [dt.date(year, month, 1) for year in _years(published)]
    if shift in {"next", "coming"} or (tense == "future" and shift is None):
        first = min(day for day in firsts if day > this or (day == this and shift is None))
    elif tense == "unknown" and shift is None:
        first = min(firsts, key=lambda day: abs(day - published))
    else:
        first = max(day for day in firsts if day < this or (day == this and shift not in {"last", "past"}))
    return Period(first, "month", "relative" if shift in STEPS else "stated")


def year_only(fields: Fields, _published: dt.date, _tense: Tense) -> Period:
    return Period(dt.date(int(fields["year"]), 1, 1), "year", "stated")


def decade(fields: Fields, _published: dt.date, _tense: Tense) -> Period:
    return Period(dt.date(int(fields["decade"]), 1, 1), "year", "stated")


def ordinal(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    """On the 5th: of this month, of the last or of the next; "the 5th of last month"."""
    first = published.replace(day=1)
    if "shift" in fields:
        number = published.year * 12 + published.month - 1 + STEPS.get(fields["shift"], 0)
        counted = _day(number // 12, number % 12 + 1, int(fields["day"]))
        return Period(counted, "day", "relative") if counted else None
    months = [first - dt.timedelta(days=1), first, first + dt.timedelta(days=31)]
    days = [_day(month.year, month.month, int(fields["day"])) for month in months]
    chosen = _choose([day for day in days if day], published, tense)
    return Period(chosen, "day", "stated") if chosen else None


def week_of(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    """The week of a calendar day."""
    period = full(fields, published, tense) if "year" in fields else month_day(fields, published, tense)
    return period and Period(period.first - dt.timedelta(days=period.first.weekday()), "week", "stated")


def nth_of_month(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    """The first Sunday of October 1994, the last day of February."""
    month = month_year(fields, published, tense) if "year" in fields else month_only(fields, published, tense)
    if month is None:
        return None
    length = calendar.monthrange(month.first.year, month.first.month)[1]
    days = [month.first + dt.timedelta(days=number) for number in range(length)]
    if "weekday" in fields:
        days = [day for day in days if day.weekday() == DAYS[fields["weekday"][:3]]]
    place = {"first": 0, "1th": 0, "second": 1, "2th": 1, "third": 2, "3th": 2, "fourth": 3, "4th": 3}.get(
        fields["nth"], -1
    )
    return Period(days[place], "day", "stated")


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
    return MONTHS[fields["month"][:3]]


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
