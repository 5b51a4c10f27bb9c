"""Noun phrases: the words around a head, without relative clauses and without appositions after a comma."""

from collections.abc import Iterable, Iterator

from service.pipeline.parsing import ParsedSentence

NAME_PARTS = frozenset({"flat", "compound", "goeswith", "fixed", "nmod:desc"})
"""Relations of the words of one name or title to its head."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady sheikh comrade herr frau monsieur madame don doña ratu".split()
)
_OUTSIDE = frozenset(
    "cc conj punct acl:relcl advcl advcl:relcl parataxis nsubj nsubj:pass nsubj:outer csubj cop aux aux:pass mark expl "
    "discourse orphan ccomp xcomp dislocated vocative advmod obl:unmarked reparandum".split()
)
_SEPARATORS = frozenset({",", "-", "–", "—", "("})
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "into", "across"})
_LOOSE = frozenset({"punct", "case", "cc", "mark"})
_TRAILING = frozenset({"'s", "’s", "'", "’", "who", "whom", "which", "that"})
"""What no phrase ends with, when the words after it are cut off."""


def noun_phrase(sentence: ParsedSentence, head: int, cut: Iterable[int] = ()) -> tuple[int, int]:
    """First and last word of the noun phrase around ``head``; phrases headed by words of ``cut`` are left out."""
    words = set(sentence.below(head, _OUTSIDE))
    for apposition in appositions(sentence, head):
        words.difference_update(sentence.below(apposition))
    for other in cut:
        if other != head and other in words:
            words.difference_update(sentence.below(other))
    first = last = head
    while first - 1 in words or (first > 1 and _is_joined(sentence, first - 1)):
        first -= 1
    while last + 1 in words:
        last += 1
    while first < head and sentence.relations[first] in {"case", "cc", "punct", "mark"}:
        first += 1
    if sentence.words[first].casefold() in {"least", "most"} and first and sentence.words[first - 1].casefold() == "at":
        first -= 1
    while last > head and (sentence.relations[last] in _LOOSE or sentence.words[last].casefold() in _TRAILING):
        last -= 1
    return first, last


def _is_joined(sentence: ParsedSentence, hyphen: int) -> bool:
    """Whether the word is a hyphen without blanks around it: "secretary-general" is one word of a phrase."""
    before, after = sentence.spans[hyphen - 1][1], sentence.spans[hyphen + 1][0]
    return sentence.words[hyphen] == "-" and (before, after) == sentence.spans[hyphen]


def appositions(sentence: ParsedSentence, head: int) -> Iterator[int]:
    """Heads of the appositions to ``head`` that a comma, a dash or a bracket sets off."""
    for child in sentence.children[head]:
        if sentence.relations[child] == "appos":
            first = sentence.subtree(child)[0]
            if sentence.words[first] in _SEPARATORS or (first > 0 and sentence.words[first - 1] in _SEPARATORS):
                yield child


def is_plural(noun: str, tag: str, kind: str | None = None) -> bool:
    """Whether the noun is a plural by its form; ``tag`` is its part of speech, ``kind`` that of its entry, if any.

    People of a land in -i have a plural in -is: "Yemenis", unlike "Davis".
    """
    word = noun.casefold()
    if word.endswith("is") and kind in {"demonym", "agent"}:
        return True
    if word in {"police", "people", "children", "personnel"} or word.endswith(("men", "women")):
        return tag != "PROPN"
    return tag != "PRON" and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def nouns(sentence: ParsedSentence, head: int) -> frozenset[str]:
    """The head of the phrase, and the title that stands before a name."""
    titles = (child for child in sentence.children[head] if sentence.relations[child] == "nmod:desc")
    return frozenset(sentence.words[word].casefold() for word in (head, *titles))


def is_located(sentence: ParsedSentence, head: int) -> bool:
    """Whether the name says where something is: no pronoun for a person stands for that."""
    cases = {sentence.words[one].casefold() for one in sentence.children[head] if sentence.relations[one] == "case"}
    return bool(cases & _WHERE)
