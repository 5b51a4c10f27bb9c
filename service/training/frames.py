"""Sentences with the same frame: names and numbers changed, the words between them kept."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

SHINGLE = 4
"""Words in a row that are compared."""
ALIKE = 0.25
"""Share of common shingles from which on two sentences have one frame."""
COMMON = 40
"""A shingle in more sentences than this is idiom ("in the capital ,") and brings no two together."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
_NAME = "*"


def near_duplicates(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts, by index, that share their frame, and how much of it (0-1); each text with the first like it."""
    shingles = [_shingles(text) for text in texts]
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in enumerate(shingles):
        for shingle in own:
            having[shingle].append(index)
    for index, own in enumerate(shingles):
        shared = Counter(
            other for shingle in own if len(having[shingle]) <= COMMON for other in having[shingle] if other < index
        )
        for other, count in sorted(shared.items()):
            alike = count / len(own | shingles[other])
            if alike >= ALIKE:
                yield other, index, alike
                break


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of words, a name or number as one blank; a text shorter than a run is one run."""
    words: list[str] = []
    for token in _TOKEN.findall(text.lower() if text.isupper() else text):  # a headline in capitals shows no names
        word = token if token.islower() else _NAME
        if word != _NAME or not words or words[-1] != _NAME:
            words.append(word)
    runs = range(max(1, len(words) - SHINGLE + 1))
    return frozenset(tuple(words[start : start + SHINGLE]) for start in runs)
