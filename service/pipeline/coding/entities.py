"""Whom an article has named, and which pronoun may stand for them."""

from dataclasses import dataclass, replace

from service.pipeline.coding.composition import Resolved

GROUPS = frozenset({"group", "party", "organisation", "agency", "institution"})

BODIES = frozenset(
    "government ministry army navy force parliament congress senate assembly court tribunal council committee "
    "commission union federation party movement group coalition alliance cabinet administration junta regime agency "
    "authority department office bureau militia company bank team delegation mission church embassy board panel bloc "
    "house temple mosque hospital school university college station post barracks base headquarters prison airport "
    "port plant factory firm newspaper channel broadcaster website commune regiment battalion brigade patrol convoy "
    "crew society organisation organization institute service guard corps fleet squad unit crowd mob gang "
    "faction front summit conference forum secretariat subcommittee presidency leadership authorities consulate "
    "municipality palace prefecture treasury monarchy dictatorship bureaucracy cartel mafia cult tribunal bench "
    "prosecution judiciary police household family tribe clan community population diaspora minority majority "
    "electorate press media business airline airliner shipyard refinery industry tanker freighter trawler warship "
    "frigate destroyer submarine tank jet drone helicopter aircraft warplane missile artillery outpost detachment "
    "infantry cavalry contingent battalion platoon garrison capital country nation state superpower region district "
    "province village town city economy institution body council".split()
)


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody named: who it is, and what a later mention may agree with.

    ``at`` is (sentence, head word), ``verb`` the word that it hangs on, ``nouns`` its head and the title
    before a name, ``words`` all its words, in lower case.
    """

    members: tuple[Resolved, ...]
    text: str
    at: tuple[int, int]
    subject: bool
    object: bool
    plural: bool
    verb: int
    nouns: frozenset[str]
    words: frozenset[str]
    unknown_name: bool
    body: bool
    """Whether the noun is that of a body: "ministry", "union"."""
    speaks: bool
    """Whether it is said to say something."""

    @property
    def person(self) -> bool:
        """Whether it may be one human being."""
        function = self.members[0].kind in {"title", "agent"} and not self.plural and not self.body
        return self.members[0].person or function or self.unknown_name

    def again(self, now: "Entity") -> "Entity":
        """The same one where a pronoun stands for it now."""
        return replace(self, at=now.at, subject=now.subject, object=now.object, verb=now.verb, speaks=now.speaks)


@dataclass(frozen=True, slots=True)
class Party:
    """Whom an argument names: the words that say it best, and who that is."""

    text: str
    resolved: Resolved


def agrees(entity: Entity, kind: str) -> bool:
    """Whether a pronoun for a ``kind`` (person, plural, thing) may stand for the entity."""
    if kind == "person":
        return entity.person and len(entity.members) == 1
    if kind == "plural":
        return entity.plural or entity.members[0].kind in GROUPS
    return (not entity.person or entity.unknown_name) and not entity.plural
