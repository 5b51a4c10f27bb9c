"""Who does an act that a noun names, where no phrase is read as its actor: the land of its adjective."""

from service.knowledge import Knowledge
from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.composition import Resolved
from service.pipeline.coding.entities import Party
from service.pipeline.coding.implied import SCORE
from service.pipeline.parsing import ParsedSentence, Trigger


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
