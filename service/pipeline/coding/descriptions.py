"""What a sentence says about a noun phrase: appositions, relative clauses that tell an office, and who owns it."""

from collections.abc import Iterator

from service.pipeline.coding.phrases import appositions, noun_phrase
from service.pipeline.parsing import ParsedSentence

_SERVING = frozenset(
    "head heads headed lead leads led leading chair chairs chaired command commands commanded run runs ran represent "
    "represents represented direct directs directed speak speaks spoke work works worked sit sits sat serve serves "
    "served belong belongs belonged preside presides presided negotiate negotiates negotiated fight fights "
    "fought".split()
)
"""Verbs whose object, or what follows with a preposition, tells whom somebody serves: "who heads the federation"."""
_SERVED = frozenset({"obj", "obl"})
_OF = frozenset({"of", "from", "for"})
_RELATIVE = frozenset({"acl:relcl", "acl"})


def described(sentence: ParsedSentence, head: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Head, first and last word of the phrases that say who the noun is, beside it or in a relative clause.

    "X, the army chief", "its ally Russia", "the agronomist, Arne Y", "Z, who heads the drivers' federation".
    """
    for apposition in appositions(sentence, head):
        yield apposition, *noun_phrase(sentence, apposition)
    for child in sentence.children[head]:
        if sentence.relations[child] in {"appos", "flat"}:
            yield child, child, last
        if sentence.relations[child] in _RELATIVE and sentence.words[child].casefold() in _SERVING:
            for one in sentence.children[child]:
                if sentence.relations[one] in _SERVED:
                    yield one, *noun_phrase(sentence, one)
    named = sentence.first_conjunct(head)
    above = sentence.heads[named]
    if sentence.relations[named] == "appos" and named in appositions(sentence, above):
        yield above, *noun_phrase(sentence, above)


def owner(sentence: ParsedSentence, head: int) -> int | None:
    """The head of the phrase whose the noun is: before it with 's, or after it with "of"; of "whose" its noun."""
    for child in sentence.children[head]:
        if sentence.relations[child] == "nmod:poss":
            return _whose(sentence, head, child) if sentence.words[child].casefold() == "whose" else child
    for child in sentence.children[head]:
        cases = {
            sentence.words[one].casefold() for one in sentence.children[child] if sentence.relations[one] == "case"
        }
        if sentence.relations[child] == "nmod" and cases & _OF:
            return child
    return None


def _whose(sentence: ParsedSentence, word: int, whose: int) -> int | None:
    """The noun that the relative clause around the word describes, or that stands before it."""
    for above in (word, *sentence.ancestors(word)):
        if sentence.relations[above] == "acl:relcl":
            return sentence.heads[above]
    before = next((at for at in range(whose - 1, -1, -1) if sentence.relations[at] != "punct"), None)
    return before if before is not None and sentence.pos[before] in {"NOUN", "PROPN"} else None
