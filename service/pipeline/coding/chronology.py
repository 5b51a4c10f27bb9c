"""The days of an article's acts: by their own time phrases, by the acts they are counted from, else publication."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

from service.pipeline.coding.arguments import Argument, Arguments, find_arguments
from service.pipeline.coding.dates import resolve_date
from service.pipeline.coding.mentions import EventDate
from service.pipeline.coding.periods import NUMBERS, Period, Tense
from service.pipeline.coding.phrases import SUBJECTS, noun_phrase
from service.pipeline.parsing import ParsedSentence, Trigger

_FUTURE_WORDS = frozenset({"will", "'ll", "’ll", "shall", "to", "would"})
_COUNT = rf"(?:(?:only|just|barely|about|some) )?(?P<count>\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>hour|day|night|week|month|year)s?"
_SAME = re.compile(
    r"(?:(?:on|at|in|by|later|earlier) )*(?:the (?:very )?same|that) (?:day|night|morning|afternoon|evening|time|year)"
    r"|then|(?:a few )?hours later"
)
_NEXT = re.compile(r"(?:on )?the (?:next|following) (?:day|morning|night|evening|afternoon)|the (?:day|morning) after")
_BEFORE = re.compile(r"(?:on )?the (?:day|night|evening) before|(?:on )?the previous (?:day|night|evening|afternoon)")
_COUNTED = re.compile(rf"{_COUNT} {_UNIT} (?P<way>later|after|afterwards|earlier|before|previously)")
_LATER = frozenset({"later", "after", "afterwards"})
_DAYS = {"hour": 0, "day": 1, "night": 1, "week": 7}
_TIMES = frozenset({"obl", "obl:unmarked", "obl:tmod", "nmod:unmarked", "nmod:tmod", "advmod"})
_REACH = 3
"""How many sentences back an act is counted from."""


class Chronology:
    """What the article has dated so far. Acts are asked for in the order of the text."""

    def __init__(self, published: dt.date) -> None:
        self._published = published
        self._last: tuple[int, EventDate] | None = None
        self._number = -1

    def enter(self) -> None:
        """A sentence begins."""
        self._number += 1

    def date(self, sentence: ParsedSentence, trigger: Trigger, arguments: Arguments) -> EventDate:
        """The day that the trigger's own time phrase names, else that of publication, and the day announced."""
        found = EventDate(self._published, "day", "publication")
        tense = _tense(sentence, trigger)
        happened = self._counted(sentence, trigger, arguments.date) or self._period(sentence, arguments.date, tense)
        if happened is None and arguments.date is None and tense == "past":
            happened = self._unread(sentence, trigger, arguments)
        announced = self._period(sentence, arguments.planned, "future")
        if happened and happened.first > self._published:
            happened, announced = None, announced or happened
        if happened:
            found = EventDate(happened.first, happened.precision, happened.basis)
            if trigger.modality == "actual":
                self._last = self._number, found
        if announced and announced.first > self._published:
            return dataclasses.replace(found, planned=announced.first)
        return found

    def _unread(self, sentence: ParsedSentence, trigger: Trigger, arguments: Arguments) -> Period | None:
        """The day of a time phrase that hangs on the act, or on the act that it goes on from, though it was not read.

        "Closed their office on Tuesday and left the council": both on Tuesday.
        """
        planned = arguments.planned
        for clause in _one_after_the_other(sentence, trigger.word):
            for child in sentence.children[clause]:
                if sentence.relations[child] not in _TIMES or (planned and planned.first <= child <= planned.last):
                    continue
                first, last = noun_phrase(sentence, child)
                period = resolve_date(sentence.phrase(first, last), self._published, "past")
                bare = sentence.relations[child] not in {"obl", "advmod"}
                if period and (bare or period.precision == "day"):
                    return period
        return None

    def _counted(self, sentence: ParsedSentence, trigger: Trigger, time: Argument | None) -> Period | None:
        """The period that is counted from another act: "two days earlier", "a week after they had ..."."""
        phrase = _phrase(sentence, time) if time else _before_conjunction(sentence, trigger.word)
        shift = _shift(phrase, turned=time is None)
        if shift is None or (anchor := self._anchor(sentence, trigger)) is None:
            return None
        return _moved(anchor, *shift)

    def _anchor(self, sentence: ParsedSentence, trigger: Trigger) -> Period | None:
        """The dated act that the trigger hangs on, another of its sentence, or the last one before."""
        over = set(sentence.ancestors(trigger.word))
        others = sorted(
            (other for other in sentence.triggers if other is not trigger),
            key=lambda other: (other.word not in over, abs(other.word - trigger.word)),
        )
        for other in others:
            time = find_arguments(sentence, other).date
            if time and _shift(_phrase(sentence, time), turned=False) is None:
                period = self._period(sentence, time, _tense(sentence, other))
                if period and period.first <= self._published:
                    return period
        if self._last and self._number - self._last[0] <= _REACH:
            return Period(self._last[1].first, self._last[1].precision, "relative")
        return None

    def _period(self, sentence: ParsedSentence, time: Argument | None, tense: Tense) -> Period | None:
        return resolve_date(_phrase(sentence, time), self._published, tense) if time else None


def _one_after_the_other(sentence: ParsedSentence, word: int) -> Iterator[int]:
    """The act, and those before it in its co-ordination that share its subject."""
    yield word
    if sentence.relations[word] == "conj" and not any(
        sentence.relations[child] in SUBJECTS for child in sentence.children[word]
    ):
        yield sentence.heads[word]


def _phrase(sentence: ParsedSentence, time: Argument) -> str:
    """The time phrase, with the adverb that hangs on its noun: "the night before"."""
    last = time.last + 1
    hangs = last < len(sentence.words) and sentence.heads[last] == time.head and sentence.pos[last] == "ADV"
    return sentence.phrase(time.first, last if hangs else time.last)


def _shift(phrase: str, *, turned: bool) -> tuple[int, str] | None:
    """How many days, months or years from the other act; ``turned`` where the phrase stands at the conjunction.

    "A week after they had taken him, he was freed": they took him a week before.
    """
    text = phrase.casefold()
    if not turned and _SAME.fullmatch(text):
        return 0, "day"
    if not turned and (_NEXT.fullmatch(text) or _BEFORE.fullmatch(text)):
        return (1 if _NEXT.fullmatch(text) else -1), "day"
    if not (match := _COUNTED.fullmatch(text)):
        return None
    count = int(match["count"]) if match["count"].isdigit() else NUMBERS[match["count"]]
    return (count if (match["way"] in _LATER) is not turned else -count), match["unit"]


def _moved(anchor: Period, count: int, unit: str) -> Period:
    if unit in _DAYS:
        return Period(anchor.first + dt.timedelta(days=count * _DAYS[unit]), anchor.precision, "relative")
    if unit == "month":
        months = anchor.first.year * 12 + anchor.first.month - 1 + count
        return Period(dt.date(months // 12, months % 12 + 1, 1), "month", "relative")
    return Period(dt.date(anchor.first.year + count, 1, 1), "year", "relative")


def _before_conjunction(sentence: ParsedSentence, word: int) -> str:
    """What stands before and with the conjunction of the word's clause: "a day after" they led a march."""
    clause = next((one for one in (word, *sentence.ancestors(word)) if sentence.relations[one] == "advcl"), None)
    if clause is None:
        return ""
    marks = [child for child in sentence.children[clause] if sentence.words[child].casefold() in {"after", "before"}]
    if not marks:
        return ""
    mark = marks[0]
    return " ".join(sentence.words[max(mark - 2, 0) : mark + 1])


def is_standing(sentence: ParsedSentence, trigger: Trigger) -> bool:
    """Whether it is told in the present perfect: "have insisted"."""
    return any(
        sentence.relations[child] == "aux" and sentence.words[child].casefold() in {"has", "have", "'ve", "’ve"}
        for child in sentence.children[trigger.word]
    )


def _tense(sentence: ParsedSentence, trigger: Trigger) -> Tense:
    if trigger.modality == "future":
        return "future"
    helpers = {sentence.words[child].casefold() for child in sentence.children[trigger.word]}
    if helpers & _FUTURE_WORDS:
        return "future"
    return "unknown" if trigger.modality == "hypothetical" or trigger.type == "AGREE" else "past"
