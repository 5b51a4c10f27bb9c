"""Sentences of one article -> parsed sentences, in batches of like length."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from service.knowledge.verbs import Verb
from service.pipeline.parsing.network import Network, Scores
from service.pipeline.parsing.sentences import MAX_WORDS, SentenceText
from service.pipeline.parsing.tree_decoding import Tree, decode_trees
from service.pipeline.parsing.trees import ParsedSentence, children_of
from service.pipeline.parsing.trigger_decoding import decode_triggers
from service.pipeline.parsing.words import word_spans

BATCH_PIECES = 512
"""Padded sub-words a call: larger batches were no faster on one core."""


class Reader:
    """Reads the sentences of an article. Batches never mix articles, so an article reads the same in any company."""

    def __init__(self, network: Network, verbs: Mapping[str, Verb] = {}) -> None:
        self._network = network
        self._verbs = verbs

    @classmethod
    def load(cls, threads: int = 1, verbs: Mapping[str, Verb] = {}) -> Self:
        """With the packaged network; ``verbs`` are triggers wherever they stand."""
        return cls(Network(threads=threads), verbs)

    @property
    def version(self) -> str:
        """Name of the network's weights."""
        return self._network.version

    def read(self, sentences: Sequence[SentenceText]) -> list[ParsedSentence]:
        """The parsed sentences, in order; sentences without a word are left out, overlong ones come in pieces."""
        pieces = [piece for sentence in sentences for piece in _cut(sentence)]
        words = [[piece.text[a:b] for a, b in spans] for piece, spans in pieces]
        encoded = self._network.pieces.encode(words) if words else []
        parsed: dict[int, ParsedSentence] = {}
        for batch in _batches([len(sentence.ids) for sentence in encoded]):
            scores = self._network.run([encoded[index] for index in batch])
            trees = decode_trees(self._network, scores, [len(words[index]) for index in batch])
            for row, (index, tree) in enumerate(zip(batch, trees, strict=True)):
                parsed[index] = self._parse(scores, row, tree, *pieces[index], tuple(words[index]))
        return [parsed[index] for index in range(len(pieces))]

    def _parse(  # noqa: PLR0913, PLR0917 - all that is known of a sentence
        self,
        scores: Scores,
        row: int,
        tree: Tree,
        sentence: SentenceText,
        spans: list[tuple[int, int]],
        words: tuple[str, ...],
    ) -> ParsedSentence:
        size = len(words)
        own = {at: self._verbs[form] for at, word in enumerate(words) if (form := word.casefold()) in self._verbs}
        heads, relations = tree
        pos = scores.pos[row, 1 : size + 1].argmax(1)
        return ParsedSentence(
            text=sentence.text,
            start=sentence.start,
            part=sentence.part,
            words=words,
            spans=tuple(spans),
            heads=tuple(heads),
            relations=tuple(relations),
            pos=tuple(self._network.labels.pos[tag] for tag in pos),
            triggers=tuple(decode_triggers(self._network, scores, row, heads, own)),
            children=children_of(tuple(heads)),
        )


def _cut(sentence: SentenceText) -> Iterator[tuple[SentenceText, list[tuple[int, int]]]]:
    """The sentence with its words, or, when it is overlong, its pieces with theirs."""
    spans = word_spans(sentence.text)
    if 0 < len(spans) <= MAX_WORDS:
        yield sentence, spans
        return
    for first in range(0, len(spans), MAX_WORDS):
        part = spans[first : first + MAX_WORDS]
        begin, end = part[0][0], part[-1][1]
        piece = SentenceText(sentence.text[begin:end], sentence.start + begin, sentence.part)
        yield piece, [(a - begin, b - begin) for a, b in part]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in batches of like length."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
