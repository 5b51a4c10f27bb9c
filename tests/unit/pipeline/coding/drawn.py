"""Parsed sentences drawn by hand."""

from collections.abc import Sequence

from service.pipeline.parsing import ParsedSentence, Trigger
from service.pipeline.parsing.trees import children_of


def tree(drawn: str, triggers: Sequence[Trigger] = ()) -> ParsedSentence:
    """From ``word/POS/head/relation`` of each word, heads from 1, 0 the root."""
    rows = [part.split("/") for part in drawn.split()]
    words = tuple(row[0] for row in rows)
    heads = tuple(int(row[2]) - 1 for row in rows)
    ends = [sum(len(word) + 1 for word in words[: index + 1]) - 1 for index in range(len(words))]
    return ParsedSentence(
        text=" ".join(words),
        start=0,
        part="text",
        words=words,
        spans=tuple((end - len(word), end) for word, end in zip(words, ends, strict=True)),
        heads=heads,
        relations=tuple(row[3] for row in rows),
        pos=tuple(row[1] for row in rows),
        triggers=tuple(triggers),
        children=children_of(heads),
    )
