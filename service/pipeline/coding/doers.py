"""Who does an act by what act it is: the land of its adjective where no phrase is its actor; men who attack."""

import dataclasses

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.composition import Resolved
from service.pipeline.coding.entities import Party
from service.pipeline.coding.implied import SCORE
from service.pipeline.parsing import ParsedSentence, Trigger

_MEN = frozenset({"men", "man", "attackers", "assailants"})
_SHORT = 3
"""Words before the noun: "four unknown men"."""


def land_of_act(sentence: ParsedSentence, trigger: Trigger, knowledge: Knowledge) -> tuple[Argument, Party] | None:
    """Israel in "Israeli airstrikes", the United States in "a U.S. drone strike", none in "anti-Israeli violence"."""
    if sentence.pos[trigger.word] != "NOUN":
        return None
    for word in sentence.children[trigger.word]:
        match = (
            knowledge.names.match(sentence.words, word) if sentence.relations[word] in {"amod", "compound"} else None
        )
        land = next((name.country for name in match.names if name.kind == "demonym"), None) if match else None
        if match is None or land is None or match.end > trigger.word:
            continue
        if word == 0 or sentence.words[word - 1] != "-":
            resolved = Resolved(country=land, resolution="demonym", kind="country")
            first, last = match.start, match.end - 1
            return Argument(word, first, last, SCORE), Party(sentence.phrase(first, last), resolved)
    return None


def as_attackers(party: Party, trigger: Trigger) -> Party:
    """Men of whom nothing is told but that they attack are armed: "men in masks beat ..."."""
    noun = party.text.split()
    plain = party.resolved.sector in {"CVL", "UNK"} and party.resolved.kind in {"agent", None}
    if trigger.type == "ASSAULT" and plain and any(word.casefold() in _MEN for word in noun[:_SHORT]):
        return Party(party.text, dataclasses.replace(party.resolved, sector="UAF"))
    return party
