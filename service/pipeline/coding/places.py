"""Geolocation: the words of an event's place -> name, country, division and point."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from service.knowledge import Knowledge, PlaceEntry, PlaceMatch
from service.knowledge.places import TOWNS
from service.model import Place
from service.pipeline.coding.phrases import NAME_PARTS
from service.pipeline.parsing import ParsedSentence

_KNOWN = 100_000
"""Inhabitants of a town whose airport or square may go by its name."""
_HAMLET = 15_000
_METROPOLIS = 500_000
_DWARFS = 50
"""How many times a metropolis must outnumber its namesake in the country at hand to be meant all the same."""
_NAMED_AFTER = frozenset("street avenue road boulevard lane bridge hotel square plaza park monument statue".split())
"""Often named after a town that is elsewhere."""
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central greater old downtown upper lower".split()
)
_PARTICLES = frozenset("al el ad ed ar er as es at et az ez ul".split())
_A_TOWN = frozenset({"the city", "the town", "the village", "the port"})
_MISSIONS = frozenset("embassy embassies consulate consulates".split())
_LANDS = frozenset({"country", "demonym", "capital", "seat", "region", "people"})


class Towns:
    """The towns that an article has named so far, for "the city" and "the capital"."""

    def __init__(self, focus: str | None, knowledge: Knowledge) -> None:
        self._focus = focus
        self._knowledge = knowledge
        self._named: Counter[tuple[str, ...]] = Counter()
        self._capitals: Counter[tuple[str, ...]] = Counter()

    def enter(self, sentence: ParsedSentence) -> None:
        """Notes the towns that the sentence names."""
        for word, tag in enumerate(sentence.pos):
            if tag == "PROPN" and sentence.relations[word] not in NAME_PARTS:
                self._note(sentence, word)

    def _note(self, sentence: ParsedSentence, word: int) -> None:
        match = self._knowledge.places.match(sentence.words, word)
        if match is None or match.places[0].kind not in TOWNS | {"town"}:
            return
        actor = self._knowledge.names.match(sentence.words, word)
        if actor is not None and actor.name.kind not in _LANDS:
            return
        name = tuple(sentence.words[match.start : match.end])
        self._named[name] += 1
        if match.places[0].kind == "capital" and match.places[0].country == self._focus:
            self._capitals[name] += 1

    def meant(self, text: str) -> tuple[str, ...] | None:
        """The words of the town that "the city" stands for; None for other words and where no town was named."""
        text = text.casefold()
        towns = self._capitals if text == "the capital" else self._named if text in _A_TOWN else Counter()
        return next((name for name, _ in towns.most_common(1)), None)


def resolve_place(text: str, words: Sequence[str], countries: Sequence[str], knowledge: Knowledge) -> Place:
    """The place that the words name; of what has no known name ("the market") its text and the country at hand.

    Args:
        text: as written.
        words: its words.
        countries: alpha-3 codes of the countries that sentence and article speak of, the nearest first.
        knowledge: for the look-ups.
    """
    words = _itself(words)
    for start in range(len(words)):
        match = knowledge.places.match(words, start)
        if match is not None and not _is_part(words, match, countries):
            stated = _countries_in(words[match.end :], knowledge)
            best = _ranked(match.places, stated, countries)
            if countries and best.country not in {*stated, *countries} and 0 < best.population < _HAMLET:
                continue  # a namesake abroad of a place that the tables don't know
            return Place(
                text=text,
                name=best.name,
                country=best.country,
                admin1=best.admin1,
                latitude=best.latitude,
                longitude=best.longitude,
                geonames_id=best.geonames_id,
            )
    return Place(text=text, country=next(iter([*_countries_in(_abroad(words), knowledge), *countries]), None))


def _itself(words: Sequence[str]) -> Sequence[str]:
    """The words without what the place is compared with: "a zone the size of Switzerland"."""
    return words[: next((at for at, pair in enumerate(pairwise(words)) if pair == ("size", "of")), None)]


def _abroad(words: Sequence[str]) -> Sequence[str]:
    """The words that tell where a mission is: the Ethiopian embassy is not in Ethiopia."""
    return words[next((at for at, word in enumerate(words) if word.casefold() in _MISSIONS), 0) :]


def _is_part(words: Sequence[str], match: PlaceMatch, countries: Sequence[str]) -> bool:
    """Whether the name is only a part of another: "Marks Street" is neither the town of Marks nor that of Street."""
    before = _before(words, match.start)
    after = words[match.end] if match.end < len(words) else ""
    first, best = words[match.start].casefold(), match.places[0]
    if before[:1].isupper() and before.isalpha() and before.casefold() not in _DIRECTIONS | {"the"}:
        return True
    if after[:1].isupper():
        after_it = after.casefold() in _NAMED_AFTER and best.country not in countries
        return first in _DIRECTIONS or best.population < _KNOWN or (after_it and best.population < _METROPOLIS)
    if before.casefold() == "the" and first != "the" and best.kind in TOWNS:
        return not after or best.population < _KNOWN  # "the Serena Hotel" is not in La Serena
    return False


def _before(words: Sequence[str], start: int) -> str:
    """The word before a name; over the hyphen of a particle, "Souk" in "Souk el-Gharb"."""
    earlier = words[:start]
    if earlier[-1:] == ["-"] and earlier[-2:-1] and earlier[-2].casefold() in _PARTICLES:
        earlier = earlier[:-2]
    return earlier[-1] if earlier else ""


def _countries_in(words: Sequence[str], knowledge: Knowledge) -> list[str]:
    """Countries that the words name."""
    return [
        name.country
        for match in knowledge.names.matches(words)
        for name in match.names[:1]
        if name.country and name.kind in {"country", "demonym"}
    ]


def _ranked(entries: Sequence[PlaceEntry], stated: Sequence[str], near: Sequence[str]) -> PlaceEntry:
    """That in a stated country, else in the nearest one; without either the first of the look-up.

    A metropolis is meant before a hamlet at hand: Vienna in news from the United States is in Austria.
    """
    for country in stated:
        if found := next((entry for entry in entries if entry.country == country), None):
            return found
    first = entries[0]
    for country in near:
        found = next((entry for entry in entries if entry.country == country), None)
        if found and (first.population < _METROPOLIS or first.population < _DWARFS * found.population):
            return found
    return first
