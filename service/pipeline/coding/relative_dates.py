"""Time phrases that count from the day of publication."""

import datetime as dt

from service.pipeline.coding.periods import DAYS, NUMBERS, STEPS, Fields, Period, Reading, Tense


def named(days: int) -> Reading:
    return lambda _fields, published, _tense: Period(published + dt.timedelta(days=days), "day", "relative")


def weekday(fields: Fields, published: dt.date, tense: Tense) -> Period:
    """The last such day up to publication; the next one in the future tense; "last" and "next" as they say."""
    behind = (published.weekday() - DAYS[fields["weekday"][:3]]) % 7
    shift = fields.get("shift")
    if "week" in fields:  # "last week's Tuesday"
        monday = published - dt.timedelta(days=published.weekday()) + dt.timedelta(weeks=STEPS.get(shift or "", 0))
        return Period(monday + dt.timedelta(days=DAYS[fields["weekday"][:3]]), "day", "relative")
    if "later" in fields:  # "Wednesday week"
        return Period(published + dt.timedelta(days=14 - behind), "day", "relative")
    if "before" in fields:  # "the Sunday before last"
        return Period(published - dt.timedelta(days=(behind or 7) + 7), "day", "relative")
    if shift == "next" or (tense == "future" and shift not in {"last", "past", "previous"}):
        day = published + dt.timedelta(days=7 - behind)
    elif shift in {"last", "past", "previous"} and behind == 0:
        day = published - dt.timedelta(days=7)
    else:
        day = published - dt.timedelta(days=behind)
    return Period(day, "day", "relative")


def weekend(fields: Fields, published: dt.date, tense: Tense) -> Period:
    """The Saturday of the weekend: the last one up to publication unless the tense or "next" points ahead."""
    behind = (published.weekday() - 5) % 7
    ahead = fields.get("shift") in {"next", "coming"} or tense == "future"
    return Period(published + dt.timedelta(days=7 - behind if ahead else -behind), "day", "relative")


def shifted_unit(fields: Fields, published: dt.date, _tense: Tense) -> Period | None:
    """Last week, this month, next year."""
    steps = -2 if "before" in fields else STEPS.get(fields["shift"], 0)
    unit = fields["unit"]
    if unit in {"day", "night", "hour"}:
        return Period(published + dt.timedelta(days=steps), "day", "relative")
    return _moved(published, unit, steps, within=True)


def ago(fields: Fields, published: dt.date, _tense: Tense) -> Period | None:
    return _moved(published, fields["unit"], -_count(fields), within=False)


def ahead(fields: Fields, published: dt.date, tense: Tense) -> Period | None:
    """In three days; of the past "in three days" is how long it took."""
    if tense == "past" and "now" not in fields:
        return None
    return _moved(published, fields["unit"], _count(fields), within=False)


def week_from(fields: Fields, published: dt.date, _tense: Tense) -> Period:
    """A week ago today, a week tomorrow."""
    days = -7 if "ago" in fields else 7
    days += {"tomorrow": 1, "yesterday": -1}.get(fields["from"], 0)
    return Period(published + dt.timedelta(days=days), "day", "relative")


def no_date(_fields: Fields, _published: dt.date, _tense: Tense) -> None:
    """What recurs or is left open is no date."""


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


def _count(fields: Fields) -> int:
    return int(fields["count"]) if fields["count"].isdigit() else NUMBERS[fields["count"]]
