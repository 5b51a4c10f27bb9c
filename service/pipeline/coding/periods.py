"""Periods, and the words that count them."""

import calendar
import datetime as dt
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


Fields = dict[str, str]
"""What a pattern found, by the names of its groups; only those that matched."""
Reading = Callable[[Fields, dt.date, Tense], Period | None]
"""From what was found, the day of publication and the tense to a period."""

MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name}
DAYS = {name[:3].casefold(): number for number, name in enumerate(calendar.day_name)}
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "couple of": 2, "a couple of": 2}
STEPS = {"last": -1, "past": -1, "this past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "following": 1}
"""How many weeks, months or years from the present one."""
