"""Names of actors: which words are one, and whom they name."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from service.knowledge.words import Spellings, fits

Kind = Literal[
    "country", "demonym", "capital", "seat", "organisation", "agency", "institution", "group", "party", "media",
    "region", "people", "person", "title", "agent", "surname",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """Whom a name names.

    ``name`` is canonical: the country of a demonym or a capital, the full name of an abbreviation. ``country`` is an
    ISO 3166 alpha-3 code or one of IGO UNO EUR NGO ISM IMG MNC, ``sector`` one of PLOVER's; each None where the name
    alone does not say. For a ``person`` both are None: they follow from the day (``Knowledge.persons``). ``surname`` is
    a short form that several persons may share. ``start`` and ``end`` bound the days on which the code holds.
    """

    name: str
    kind: Kind
    country: str | None = None
    sector: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether the code holds on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Words [start, end) that are a name, and all that it may name, the likeliest first; ``own``: a user's."""

    start: int
    end: int
    names: tuple[Name, ...]
    own: bool = False

    @property
    def name(self) -> Name:
        """The likeliest."""
        return self.names[0]

    def on(self, day: dt.date) -> tuple[Name, ...]:
        """Those whose code holds on ``day``; what holds for a time before what always does: Moscow in 1985."""
        return tuple(
            sorted((name for name in self.names if name.holds(day)), key=lambda name: not (name.start or name.end))
        )


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a name. ``own`` forms hide the built-in ones of the same words."""

    text: str
    name: Name
    own: bool = False


class Names:
    """All names, looked up by their first word, then longest first."""

    def __init__(self, forms: Iterable[Form], spellings: Spellings) -> None:
        self._spellings = spellings
        self._longest: dict[str, int] = {}
        self._beginnings: set[str] = set()
        found: defaultdict[str, dict[tuple[str, Name], bool]] = defaultdict(dict)
        for form in forms:
            key, shapes = spellings.form(form.text)
            if not key:
                continue
            candidates = found[key]
            if form.own or not any(candidates.values()):
                candidates.setdefault((shapes, form.name), form.own)
            first, length = key.partition(" ")[0], key.count(" ") + 1
            self._longest[first] = max(length, self._longest.get(first, 0))
            if length > 1:
                self._beginnings.add(" ".join(key.split(" ", 2)[:2]))
        self._forms = {key: tuple(candidates.items()) for key, candidates in found.items()}

    def __len__(self) -> int:
        return len(self._forms)

    def match(self, words: Sequence[str], start: int) -> NameMatch | None:
        """The longest name that begins with the word at ``start``; None where there is none.

        ``words`` are those of a sentence as the reader splits them: a possessive 's, a hyphen and a full stop are words
        of their own. The match ends before a possessive.
        """
        first = self._spellings.first(words, start)
        if first is None or first not in self._longest:
            return None
        return self._of_keys(words, list(self._spellings.keys(words, start, self._longest[first])))

    def matches(self, words: Sequence[str], start: int = 0, end: int | None = None) -> list[NameMatch]:
        """All names in words [start, end) from left to right, none inside another.

        A longer one that begins inside a shorter one and goes on is meant: not "the East" in "the East African
        Community".
        """
        found: list[NameMatch] = []
        within, after = words[:end], start
        keys = list(self._spellings.keys(within, start, len(within)))
        for number, (first, position) in enumerate(keys):
            if position < after or first not in self._longest:
                continue
            match = self._of_keys(within, keys[number : number + self._longest[first]])
            if match is not None:
                match = self._longer(within, match)
                found.append(match)
                after = match.end
        return found

    def _of_keys(self, words: Sequence[str], keys: Sequence[tuple[str, int]]) -> NameMatch | None:
        """The longest name that begins with the first of the keys, each with its word's position."""
        if len(keys) > 1 and f"{keys[0][0]} {keys[1][0]}" not in self._beginnings:
            keys = keys[:1]
        for length in range(len(keys), 0, -1):
            candidates = self._forms.get(" ".join([key for key, _ in keys[:length]]))
            if candidates is None:
                continue
            written = [words[position] for _, position in keys[:length]]
            fitting = [(name, own) for (shapes, name), own in candidates if fits(shapes, written)]
            if fitting:
                names = tuple(dict.fromkeys(name for name, _ in fitting))
                return NameMatch(keys[0][1], keys[length - 1][1] + 1, names, own=fitting[0][1])
        return None

    def _longer(self, words: Sequence[str], match: NameMatch) -> NameMatch:
        for inside in range(match.start + 1, match.end):
            other = self.match(words, inside)
            if other and other.end > match.end and other.end - other.start > match.end - match.start:
                return other
        return match
