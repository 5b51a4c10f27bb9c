"""A parsed sentence: words, Universal Dependencies tree, event triggers, and the grammar that coding asks of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

from service.model import EventType, Modality

Role = Literal["actor", "recipient", "place", "date", "planned"]
ROOT = -1


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that the network reads as an event. ``roles`` gives role and score (0-1) of each word that plays one."""

    word: int
    type: EventType
    mode: str | None
    modality: Modality
    score: float
    modality_score: float
    roles: dict[int, tuple[Role, float]]


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """One sentence as the network reads it. Word indices count from 0; the head of the root is ``ROOT``."""

    text: str
    start: int
    part: Literal["text", "title"]
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    pos: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    children: tuple[tuple[int, ...], ...] = field(repr=False)

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """Half-open character range in the sentence of the words ``first`` to ``last``, both included."""
        return self.spans[first][0], self.spans[last][1]

    def phrase(self, first: int, last: int) -> str:
        """The text of the words ``first`` to ``last``, both included."""
        return self.text[slice(*self.characters(first, last))]

    def ancestors(self, word: int) -> Iterator[int]:
        """Heads from the word's own up to the root."""
        while (word := self.heads[word]) != ROOT:
            yield word

    def subtree(self, word: int, without: Collection[str] = (), *, deep: bool = False) -> list[int]:
        """The word and what hangs on it, in order; ``without`` drops relations at the top (or, ``deep``, anywhere)."""
        return sorted(self.below(word, without, deep=deep))

    def below(self, word: int, without: Collection[str] = (), *, deep: bool = False) -> list[int]:
        """As ``subtree``, but level by level."""
        found = [word]
        for at in found:
            if without and (at == word or deep):
                found += [child for child in self.children[at] if self.relations[child] not in without]
            else:
                found += self.children[at]
        return found

    def conjuncts(self, word: int) -> list[int]:
        """The members of the co-ordination that ``word`` heads, itself first; nested ones too."""
        members = [word]
        for member in members:
            members += [child for child in self.children[member] if self.relations[child] == "conj"]
        return members

    def first_conjunct(self, word: int) -> int:
        while self.relations[word] == "conj":
            word = self.heads[word]
        return word


def children_of(heads: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """For each word the words whose head it is."""
    children: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head != ROOT:
            children[head].append(word)
    return tuple(map(tuple, children))
