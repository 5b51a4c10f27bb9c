"""Whom an act is done to where no phrase plays that role: somebody inside the act's object, or the place that bears it.

"Rejected the EU proposal" is done to the EU, "will not lift the ban imposed on the rebels" to the rebels, "declared an
emergency in Alaska" to Alaska.
"""

import heapq
from collections.abc import Iterator

from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.phrases import NAME_PARTS, SUBJECTS, noun_phrase
from service.pipeline.parsing import ParsedSentence, Trigger

BEARS = frozenset({"AGREE", "AID", "ASSAULT", "COERCE", "RETREAT"})
"""Types that are done to a place as to its people."""
SCORE = 0.5
"""What an implied recipient is worth beside one that the network has read."""
_DEEPEST = 4
_DOWN = {"obj": 0, "iobj": 0, "appos": 0, "nmod:poss": 0, "compound": 0, "amod": 0}
_DOWN |= {"acl": 1, "acl:relcl": 1, "xcomp": 1, "ccomp": 1}
"""What leads from the trigger to a party, and how much less likely it makes it."""
_BY_CASE = {"by": 0, "against": 0, "on": 1, "upon": 1, "of": 1, "from": 1, "to": 1, "with": 1, "for": 1, "over": 1}
_BY_CASE |= dict.fromkeys(("in", "inside", "into", "at", "across", "throughout", "toward", "towards"), 2)
_PHRASES = frozenset({"nmod", "obl", "obl:agent"})
_SCENES = frozenset({"in", "inside", "at", "across", "throughout"})
_GROUND = _SCENES | {"into", "from", "throughout", "to"}
"""Prepositions of what an act bears on as a place."""
_WRONGED = frozenset({"ACCUSE", "PROTEST", "REQUEST"})
"""Types about an act of others: the object's of-phrase names its victims."""
_NAMES = frozenset({"PROPN", "NOUN", "ADJ"})


def implied_recipients(sentence: ParsedSentence, trigger: Trigger) -> Iterator[Argument]:
    """Phrases inside what hangs on the trigger that may name the other party, the likeliest first."""
    waiting = [(0, trigger.word, 0)]
    while waiting:
        cost, word, depth = heapq.heappop(waiting)
        whose = sentence.relations[word] == "nmod:poss"
        if depth and (sentence.pos[word] in _NAMES or whose):
            yield Argument(word, *_phrase(sentence, word), SCORE)
        if depth == _DEEPEST:
            continue
        for child in sentence.children[word]:
            step = _step(sentence, trigger, child, depth)
            if step is not None:
                heapq.heappush(waiting, (cost + step + 1, child, depth + 1))


def borne_by(sentence: ParsedSentence, trigger: Trigger) -> Iterator[Argument]:
    """Phrases of place inside the act's object, the nearest first: "agreed to a ceasefire in Hodeidah"."""
    for argument in implied_recipients(sentence, trigger):
        cases = {sentence.words[one].casefold() for one in _name(sentence, argument.head)}
        if sentence.pos[argument.head] == "PROPN" and cases & _GROUND:
            yield argument


def _step(sentence: ParsedSentence, trigger: Trigger, word: int, depth: int) -> int | None:
    """What it costs to go down to this word; None where it leads out of the act."""
    relation = sentence.relations[word]
    if not depth and sentence.pos[trigger.word] == "NOUN" and relation in NAME_PARTS | {"nmod:poss"}:
        return None  # "an FBI investigation", "the army's raid": who does it
    if sentence.relations[sentence.heads[word]] == "acl:relcl" and relation in SUBJECTS | {"obj"}:
        return None if relation == "obj" else 0  # "the plan that Cairo drafted", not "the river that borders Iran"
    if relation not in _PHRASES:
        return _DOWN.get(relation)
    case = next(
        (sentence.words[one].casefold() for one in _name(sentence, word) if sentence.relations[one] == "case"), ""
    )
    if case == "of" and trigger.type in _WRONGED:
        return None
    if case in _SCENES and not depth:
        return None  # where the act itself took place
    return _BY_CASE.get(case)


def _name(sentence: ParsedSentence, word: int) -> Iterator[int]:
    """What hangs on the word and on the parts of its name: a preposition may stand with the title."""
    for child in sentence.children[word]:
        yield child
        if sentence.relations[child] in NAME_PARTS:
            yield from sentence.children[child]


def _phrase(sentence: ParsedSentence, word: int) -> tuple[int, int]:
    """The noun phrase, or of what only describes one ("EU", "Syrian") the words of the name."""
    if sentence.relations[word] not in NAME_PARTS | {"amod"}:
        return noun_phrase(sentence, word)
    first = last = word
    while first - 1 in sentence.children[word] and sentence.relations[first - 1] in NAME_PARTS:
        first -= 1
    return first, last
