"""Places that an act is done to: where it happens, when nothing else says where."""

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import Argument, Arguments
from service.pipeline.coding.composition import is_land
from service.pipeline.parsing import ParsedSentence, Trigger

_ON_THE_SPOT = frozenset({"ASSAULT"})
"""Types that happen where their target is."""
_LANDS = frozenset({"country", "capital", "region", "seat"})


def place_of(sentence: ParsedSentence, trigger: Trigger, arguments: Arguments, knowledge: Knowledge) -> Argument | None:
    """The event's place: where the sentence says that it happens, else the place that is attacked or taken.

    "Rebels captured the town of Bunia", "missiles struck Kyiv".
    """
    if arguments.place is not None or trigger.type not in _ON_THE_SPOT:
        return arguments.place
    return next((one for one in arguments.recipients if _is_place(sentence, one, knowledge)), None)


def _is_place(sentence: ParsedSentence, argument: Argument, knowledge: Knowledge) -> bool:
    """Whether the phrase is a place's name, or a word for a place with its name."""
    words = sentence.words[argument.first : argument.last + 1]
    for start in range(len(words)):
        match = knowledge.places.match(words, start)
        if match is None:
            continue
        name = knowledge.names.match(words, start)
        land = name is None or name.end < match.end or name.name.kind in _LANDS
        return land and (argument.first + match.end > argument.head or is_land(sentence.words[argument.head]))
    return False
