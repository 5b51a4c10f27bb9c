"""Words that count or gather the people who are the actor: "thousands of", "about 30", "a group of"."""

from collections.abc import Sequence

_QUANTITIES = frozenset(
    "hundreds thousands dozens scores tens millions group groups crowd crowds handful number majority most many some "
    "several column columns gang gangs band bands mob mobs half third quarter rest remainder bulk all each none "
    "neither both one few last".split()
)
"""Words that count the people who are the actor."""
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve dozen hundred thousand".split())
_LONGEST_COUNT = 5


def after_quantity(words: Sequence[str]) -> int:
    """Where the noun begins that "thousands of", "about 30", "two of" or "a group of" counts; 0 without such words."""
    for place, word in enumerate(words[:_LONGEST_COUNT]):
        folded, of = word.casefold(), place + 1 < len(words) and words[place + 1] == "of"
        number = folded in _NUMBERS or (word[:1].isdigit() and word.replace(",", "").isdigit())
        if number and place + 1 < len(words):
            return place + 2 if of and place + 2 < len(words) else place + 1
        if of and folded in _QUANTITIES:
            return place + 2 if place + 2 < len(words) else 0
        if place and word[:1].isupper():
            return 0
    return 0


def is_count(words: Sequence[str]) -> bool:
    """Whether nobody is named but how many there are: "tens of thousands", "eleven others"."""
    counting = _QUANTITIES | _NUMBERS | {"of", "about", "some", "other", "others", "more", "than", "at", "least"}
    return all(word.replace(",", "").isdigit() or word.casefold() in counting for word in words)
