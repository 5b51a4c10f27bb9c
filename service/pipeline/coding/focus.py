"""The country that an article is about: weak evidence for unnamed local actors and for towns of one name."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from service.knowledge import Knowledge
from service.pipeline.coding.scenes import KNOWN, Scene, clear_country
from service.pipeline.parsing import Dateline, ParsedSentence

_DATELINE, _LOCATED, _TOWN, _LAND, _CAPITAL = 6, 2, 1, 1, 1
"""What a mention weighs. A place in which something is says more of the scene than a country, which may only be a
party, or a capital that acts for its government."""
_CLEAR = 1.25
"""How far the first country must lead the second; where the dateline lies in it, it need not."""
_PROMINENT = 0.5
"""What share of the first country's mentions another must have that its institutions may be meant by a bare name."""
_LOCATING = frozenset("in at near outside around across from of inside".split())
_OWN_NAME = frozenset({"flat", "compound", "appos"})


def article_scene(
    sentences: Sequence[ParsedSentence], dateline: Dateline | None, day: dt.date, knowledge: Knowledge
) -> Scene:
    """The country that the places of an article lie in, none where two are near even; and others much named."""
    weights: Counter[str] = Counter()
    named: set[str] = set()
    filed = place_country(dateline.place.split(","), knowledge) if dateline else None
    if filed:
        weights[filed] += _DATELINE
    for sentence in sentences:
        lands = _named(sentence, day, knowledge)
        named.update(lands)
        weights.update(lands)
        weights.update(_located(sentence, knowledge))
    ranked = [*weights.most_common(2), ("", 0), ("", 0)]
    clear = ranked[0][1] >= (1 if ranked[0][0] == filed else _CLEAR) * ranked[1][1]
    others = frozenset(country for country in named if weights[country] >= _PROMINENT * ranked[0][1])
    return Scene(day, ranked[0][0] if ranked[0][1] > 1 and clear else None, others)


def _named(sentence: ParsedSentence, day: dt.date, knowledge: Knowledge) -> Counter[str]:
    """Countries, their people and their capitals."""
    weights: Counter[str] = Counter()
    taken = 0
    for start, word in enumerate(sentence.words):
        match = knowledge.names.match(sentence.words, start) if start >= taken and word[:1].isupper() else None
        if match is None:
            continue
        taken = match.end
        name = next(iter(match.on(day)), None)
        if name and name.country and name.kind in {"country", "demonym", "capital"}:
            located = _follows_locating(sentence, match.start)
            weights[name.country] += _LOCATED if located else _CAPITAL if name.kind == "capital" else _LAND
    return weights


def _located(sentence: ParsedSentence, knowledge: Knowledge) -> Counter[str]:
    """Towns and regions that have no rival of their name, and either are known or have something in them."""
    weights: Counter[str] = Counter()
    for word, tag in enumerate(sentence.pos):
        if tag != "PROPN" or sentence.relations[word] in _OWN_NAME or (word and sentence.pos[word - 1] == "PROPN"):
            continue
        match = knowledge.places.match(sentence.words, word)
        if match is None or match.places[0].kind in {"country", "capital"}:
            continue
        located = _follows_locating(sentence, word)
        country = clear_country(match.places)
        if country and (located or match.places[0].population >= KNOWN):
            weights[country] += _LOCATED if located else _TOWN
    return weights


def _follows_locating(sentence: ParsedSentence, word: int) -> bool:
    return word > 0 and sentence.words[word - 1].casefold() in _LOCATING


def place_country(parts: Sequence[str], knowledge: Knowledge) -> str | None:
    """The country of a dateline such as "HAMBURG, Germany" or "ATLANTA, Georgia"."""
    names = [part.strip().title() for part in parts]
    for town in knowledge.places.lookup(names[0]) if len(names) > 1 else ():
        if town.admin1 == names[-1]:
            return town.country
    for name in reversed(names):
        words = name.split()
        match = knowledge.names.match(words, 0)
        if match and match.end == len(words) and match.name.kind in {"country", "capital"}:
            return match.name.country
        entries = knowledge.places.lookup(name)
        if entries and entries[0].country:
            return entries[0].country
    return None
