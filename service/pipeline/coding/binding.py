"""What the grammar of a sentence says about whom a pronoun in it stands for, and for whom it cannot."""

from collections.abc import Sequence

from service.pipeline.coding.entities import Entity
from service.pipeline.coding.phrases import SUBJECTS
from service.pipeline.parsing import ParsedSentence

_SHARING = frozenset({"conj", "xcomp"})
_ANSWERING = frozenset(
    "arrested arrest arrests detained detain detains jailed held charged prosecuted convicted sentenced fined punished "
    "expelled deported dismissed sacked fired suspended banned evicted dispersed attacked shot killed beat shelled "
    "bombed stormed raided searched stopped accused accuse accuses blamed blame blames condemned condemn condemns "
    "criticised criticized denounced rebuked sued praised praise praises thanked thank thanks congratulated applauded "
    "rewarded pardoned freed released".split()
)
"""What is done to somebody for what he did."""


def clause(sentence: ParsedSentence, word: int) -> list[int]:
    """The verbs whose parties the pronoun is none of: its own, and those whose subject that verb shares.

    A possessive has none; "six of them" is what the six are.
    """
    while sentence.relations[word] == "nmod":
        word = sentence.heads[word]
    if sentence.relations[word] == "nmod:poss":
        return []
    verbs = [sentence.heads[word]]
    while sentence.relations[verbs[-1]] in _SHARING and not _has_subject(sentence, verbs[-1]):
        verbs.append(sentence.heads[verbs[-1]])
    return verbs if sentence.relations[word] not in SUBJECTS else verbs[:1]


def caused(sentence: ParsedSentence, word: int) -> int | None:
    """The verb of punishing, praising or blaming whose reason the clause of the pronoun tells: its object gave it.

    "Police arrested the students after they blocked the road" (Garvey and Caramazza 1974, implicit causality).
    """
    verb = sentence.heads[word] if sentence.relations[word] in SUBJECTS else -1
    if verb < 0 or sentence.relations[verb] != "advcl":
        return None
    return above if sentence.words[above := sentence.heads[verb]].casefold() in _ANSWERING else None


def _has_subject(sentence: ParsedSentence, verb: int) -> bool:
    return any(sentence.relations[child] in SUBJECTS for child in sentence.children[verb])


def is_bound(entity: Entity, verbs: Sequence[int]) -> bool:
    """Whether the entity is a party of the first verb, or the subject of one that shares its subject with it."""
    return entity.verb in verbs[:1] or (entity.subject and entity.verb in verbs)
