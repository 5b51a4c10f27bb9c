"""The country that an article is about: weak evidence for unnamed local actors and for towns of one name."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from service.knowledge import Knowledge
from service.pipeline.parsing import Dateline, ParsedSentence

_TOWN, _LAND, _PEOPLE, _DATELINE = 2, 1, 1, 2
"""What a mention weighs. A town says more of the scene than a country, which may only be a party."""
_CLEAR = 1.5
"""How far the first country must lead the second."""


def focus_country(
    sentences: Sequence[ParsedSentence], dateline: Dateline | None, day: dt.date, knowledge: Knowledge
) -> str | None:
    """ISO 3166 alpha-3 code of the country that the places of the article lie in; None where two are near even."""
    weights: Counter[str] = Counter()
    if dateline and (filed := place_country(dateline.place.split(","), knowledge)):
        weights[filed] += _DATELINE
    for sentence in sentences:
        for match in knowledge.names.matches(sentence.words):
            name = next(iter(match.on(day)), None)
            if name and name.country and name.kind in {"country", "capital", "demonym"}:
                weights[name.country] += (
                    _PEOPLE if name.kind == "demonym" else _TOWN if name.kind == "capital" else _LAND
                )
        for word, tag in enumerate(sentence.pos):
            if tag == "PROPN" and sentence.relations[word] not in {"flat", "compound"}:
                match_ = knowledge.places.match(sentence.words, word)
                if match_ and match_.places[0].country and match_.places[0].kind not in {"country", "capital"}:
                    weights[match_.places[0].country] += _TOWN
    ranked = [*weights.most_common(2), ("", 0)]
    return ranked[0][0] if ranked[0][1] > 1 and ranked[0][1] >= _CLEAR * ranked[1][1] else None


def place_country(parts: Sequence[str], knowledge: Knowledge) -> str | None:
    """The country of a dateline such as "HAMBURG, Germany"."""
    for part in reversed(parts):
        entries = knowledge.places.lookup(part.strip().title())
        if entries and entries[0].country:
            return entries[0].country
    return None
