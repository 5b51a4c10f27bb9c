"""What language does not allow in a tree, and what takes its place."""

from collections.abc import Sequence

from service.pipeline.parsing.network import FORBIDDEN, Array
from service.pipeline.parsing.trees import ROOT

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
_TIMES = frozenset({"obl:unmarked", "obl:tmod"})
_NAME_PARTS = frozenset({"compound", "nmod:desc"})
_FINITE = frozenset({"root", "ccomp", "conj", "parataxis", "advcl", "acl:relcl"})
_DESCRIPTIONS = frozenset({"acl:relcl", "appos"})
LEFT_HEADED = frozenset({"conj", "flat", "fixed", "goeswith"})


def mend_titles(heads: list[int], relations: list[str]) -> tuple[list[int], list[str]]:
    """Heads and relations in which two conjuncts with nothing between them are one, title and name ("its ally Russia").

    A title is its name's ``nmod:desc`` in Universal Dependencies.
    """
    heads, relations = list(heads), list(relations)
    for word in range(1, len(heads)):
        title = word - 1
        if relations[word] == relations[title] == "conj" and heads[word] in {heads[title], title}:
            heads[word] = heads[title]
            heads[title], relations[title] = word, "nmod:desc"
            for child in range(title):
                if heads[child] == title and relations[child] in {"cc", "punct"}:
                    heads[child] = word
    return heads, relations


def mend_relatives(heads: list[int], relations: list[str], pronouns: Sequence[int]) -> tuple[list[int], list[str]]:
    """Heads and relations in which a verb with a noun and then a pronoun for subjects is the noun's relative clause.

    In "the minister, who accused Greece, met officials" the minister is not who "accused" has for subject, but whom
    "who" stands for; he is the subject of the verb that "accused" was hung on.
    """
    heads, relations = list(heads), list(relations)
    for pronoun in pronouns:
        verb = heads[pronoun]
        if relations[pronoun] not in _SUBJECTS or verb == ROOT:
            continue
        nouns = [at for at in range(pronoun) if heads[at] == verb and relations[at] in _SUBJECTS]
        if nouns and heads[verb] > verb and pronoun < verb:
            noun = nouns[-1]
            heads[noun], heads[verb], relations[verb] = heads[verb], noun, "acl:relcl"
            for child in range(len(heads)):
                if heads[child] == verb and child < noun:
                    heads[child] = heads[noun]
    return heads, relations


def mend_lone_subjects(heads: Sequence[int], relations: Sequence[str], verbs: Sequence[int]) -> list[str]:
    """Relations in which what was read as a part of a verb's name before it is its subject, if it has no other.

    In "five were killed and others injured" the others are no title of the injured.
    """
    mended = list(relations)
    for verb in verbs:
        parts = [word for word in range(verb) if heads[word] == verb and mended[word] in _NAME_PARTS]
        has_subject = any(heads[word] == verb and mended[word] in _SUBJECTS for word in range(len(heads)))
        if parts and mended[verb] in _FINITE and not has_subject:
            mended[parts[-1]] = "nsubj"
    return mended


def mend_times(heads: list[int], relations: list[str]) -> list[int]:
    """Heads in which no time stands before the marker of the clause that it hangs on.

    In "accused them this week of backing out" the week is that of the accusation.
    """
    mended = list(heads)
    marked = {heads[word]: word for word, relation in reversed(list(enumerate(relations))) if relation == "mark"}
    for word, relation in enumerate(relations):
        clause = heads[word]
        above = heads[clause] if clause != ROOT else ROOT
        if relation in _TIMES and word < marked.get(clause, -1) and ROOT < above < word:
            mended[word] = above
    return mended


def mend_described(heads: Sequence[int], relations: Sequence[str]) -> list[int]:
    """Heads in which what describes a person behind the name hangs on the name, not on the title before it.

    In "Minister Sergei Lavrov, who accused Greece" the clause is no part of the title.
    """
    mended = list(heads)
    for word, relation in enumerate(relations):
        title = heads[word]
        if relation in _DESCRIPTIONS and title != ROOT and relations[title] == "nmod:desc":
            name = heads[title]
            if title < name < word:
                mended[word] = name
    return mended


def mend_left_headed(arc: Array, heads: list[int], relations: list[str]) -> list[int]:
    """Heads in which conjuncts, parts of names and the like hang on a word before them, as their relations ask.

    Universal Dependencies 2 heads these relations by their first word; the network does not know it.
    """
    mended = list(heads)
    for word, relation in enumerate(relations):
        if relation in LEFT_HEADED and mended[word] > word and word:
            before = [head for head in range(word) if not _descends(mended, head, word)]
            if before:
                mended[word] = max(before, key=lambda head: float(arc[word + 1, head + 1]))
    return mended


def mend_subjects(arc: Array, heads: list[int], relations: list[str], nouns: list[int]) -> list[int]:
    """Heads in which no word has two of ``nouns`` for subject: the surest stays, another goes where it fits next best.

    So the object of a relative clause ("the minister, who accused Greece, met ...") is no subject of what follows.
    Pronouns are left alone: "the minister, who" before one verb is a fault of another kind.
    """
    mended = list(heads)
    subjects = [word for word in nouns if relations[word] in _SUBJECTS and heads[word] != ROOT]
    for head in {heads[word] for word in subjects}:
        rivals = [word for word in subjects if heads[word] == head]
        surest = max(rivals, key=lambda word: _margin(arc, word, head))
        for word in rivals:
            others = [one for one in range(len(heads)) if one != head and not _descends(mended, one, word)]
            if word != surest and others:
                mended[word] = max(others, key=lambda one: float(arc[word + 1, one + 1]))
    return mended


def _margin(arc: Array, word: int, head: int) -> float:
    """By how much this head of the word is better than any other."""
    scores = arc[word + 1].copy()
    scores[head + 1] = FORBIDDEN
    return float(arc[word + 1, head + 1] - scores.max())


def _descends(heads: list[int], word: int, ancestor: int) -> bool:
    while word != ROOT:
        if word == ancestor:
            return True
        word = heads[word]
    return False
