"""Pronouns and what stands for several: what they agree with."""

import re

from service.pipeline.coding.arguments import Argument
from service.pipeline.coding.quantities import after_quantity
from service.pipeline.parsing import ParsedSentence

PERSONAL = {
    **dict.fromkeys("he she him her himself herself his hers".split(), "person"),
    **dict.fromkeys("they them their theirs themselves".split(), "plural"),
    **dict.fromkeys("it its itself".split(), "thing"),
    **dict.fromkeys("i me my myself we us our ourselves".split(), "speaker"),
}
COLLECTIVE = re.compile(
    r"(?:(?:the|these|those) (?:two|neighbou?ring|rival)|both) (?:\w+ )?(?:\w+s|men|women)|the (?:sides|neighbou?rs)"
    r"|each other|one another"
)
_SEVERAL = frozenset({"both", "all", "the pair", "the trio", "the duo", "the two", "the three", "the others"})
"""Stand for people named before, as "they" does."""


def pronoun_kind(sentence: ParsedSentence, argument: Argument) -> str | None:
    """What a pronoun agrees with, also a counted one: "14 of them", "both", "the pair"."""
    words = [word.casefold() for word in sentence.words[argument.first : argument.last + 1]]
    if " ".join(words) in _SEVERAL or (len(words) == 1 and sentence.pos[argument.head] == "NUM"):
        return "plural"
    counted = after_quantity(words)
    return PERSONAL.get(" ".join(words[counted:] if "of" in words[:counted] else words))
