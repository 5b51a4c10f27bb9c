"""The human being that a noun phrase names: known with an office, by surname, or by the name alone."""

from collections.abc import Sequence

from service.knowledge import Knowledge, Name, NameMatch, Standing
from service.model import Resolution
from service.pipeline.coding.composition import ENTITIES, FUNCTIONS, LANDS, Resolved
from service.pipeline.coding.scenes import Scene

_HYPHENS = frozenset({"-", "–"})


def person(
    words: Sequence[str], core: Sequence[tuple[NameMatch, Name]], scene: Scene, knowledge: Knowledge
) -> Resolved | None:
    """The human being that the phrase names: known with an office, known by surname, or by name alone."""
    full = next((name for _, name in core if name.kind == "person"), None)
    if full is not None:
        standing = knowledge.persons.on(full.name, scene.day)
        return _standing(standing) if standing else Resolved(full.name, kind="person", person=True)
    start = max((match.end for match, name in core if name.kind in FUNCTIONS | LANDS | ENTITIES), default=0)
    rest = _names(words[start:])
    titled = any(name.kind == "title" for _, name in core)
    known = [match for match, name in core if name.kind == "surname"]
    if known and len(rest) <= 1:
        short = words[known[0].start]
        holders = {holder.person: holder for holder in knowledge.persons.holders(short, scene.day)}
        if len(holders) == 1:
            return _standing(next(iter(holders.values())))
        careers = knowledge.persons.short(short)
        if titled and len(careers) == 1:
            return _standing(careers[0].on(scene.day))
    if len(rest) > 1 and (initialled := _without_initials(rest)) != rest:
        standing = knowledge.persons.on(" ".join(initialled), scene.day)
        if standing:
            return _standing(standing)
    return Resolved(" ".join(rest), kind="person", person=True) if start and rest and titled else None


def _names(words: Sequence[str]) -> list[str]:
    """The capitalised words; what a hyphen joins is one ("Joon-rak")."""
    names: list[str] = []
    for place, word in enumerate(words):
        joined = place > 1 and words[place - 1] in _HYPHENS and words[place - 2][:1].isupper() and names
        if joined and word.isalpha():
            names[-1] += f"-{word}"
        elif word[:1].isupper() and word.isalpha():
            names.append(word)
    return names


def _without_initials(names: Sequence[str]) -> list[str]:
    return [name for name in names if len(name) > 1]


def _standing(standing: Standing) -> Resolved:
    known = standing.country or standing.sector
    resolution: Resolution = "office" if known else "none"
    return Resolved(standing.person, standing.country, standing.sector, resolution, "person", person=True)
