"""Word boundaries, the same for training and for reading: the network knows no others."""

import re

WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Sen|Rep|Gov|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No)\."
    r"|\d+(?:[.,:]\d+)*"
    r"|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+?(?=n['’]t\b)"
    r"|\w+|[^\w\s]"
)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the words of ``text``."""
    return [match.span() for match in WORD.finditer(text)]
