"""Who plays which role for a trigger: the network's role words, checked against the tree, as noun phrases.

The tree answers for what the network can't see word by word: members of a co-ordination share a role, parts of one
phrase are one argument, nothing is taken out of a relative clause, and who merely speaks is no actor.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.pipeline.coding.phrases import NAME_PARTS, SUBJECTS, noun_phrase
from service.pipeline.parsing import ParsedSentence, Role, Trigger

SYMMETRIC_CLAUSES = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
"""Types in which "X and Y met" has X as actor and Y as recipient."""
_JUDGEMENTS = frozenset({"ACCUSE", "SUPPORT"})
_PHRASE_PARTS = NAME_PARTS | set("nmod nmod:poss nmod:unmarked appos amod det nummod acl case list".split())
_CIRCUMSTANCES = frozenset({"place", "date", "planned"})
_ISLANDS = frozenset({"acl:relcl", "advcl:relcl"})
_RELATIVE = frozenset({"that", "which", "who", "whom"})
_PERSONAL = frozenset({"he", "she", "it", "they", "we", "i"})
_CLAUSES = frozenset("advcl ccomp parataxis acl csubj xcomp".split())
_ACTS = frozenset(
    "operation operations raid raids attack attacks airstrike airstrikes strike strikes blast blasts bombing bombings "
    "explosion explosions clash clashes battle battles fighting offensive ambush shelling invasion war conflict unrest "
    "violence crackdown campaign protest protests rally rallies demonstration demonstrations riot riots incident crash "
    "accident talks meeting summit election elections ceremony hearing afar".split()
)
"""Where people are killed "in" them they are no places."""
_NOUN_LIKE = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A noun phrase in a role: its head word, its first and last word, the score of the role (0-1)."""

    head: int
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one trigger, in the order of the text; of place and dates the best.

    ``date`` says when the act was, ``planned`` when what it announces, asks for or threatens is to be.
    """

    actors: tuple[Argument, ...]
    recipients: tuple[Argument, ...]
    place: Argument | None
    date: Argument | None
    planned: Argument | None


def find_arguments(sentence: ParsedSentence, trigger: Trigger) -> Arguments:
    """The noun phrases that play a role for ``trigger``."""
    roles = {word: scored for word, scored in trigger.roles.items() if _may_serve(sentence, trigger, word, scored[0])}
    roles = _whole_names(sentence, roles)
    roles = _shared_by_conjuncts(sentence, trigger, roles)
    roles = _without_nested(sentence, roles)
    roles = _without_reporters(sentence, trigger, roles)
    roles = _without_others(sentence, trigger, roles)

    def phrases(role: Role) -> Iterable[Argument]:
        return (
            Argument(word, *noun_phrase(sentence, word, cut=[*roles, trigger.word]), score)
            for word, (played, score) in sorted(roles.items())
            if played == role
        )

    return Arguments(
        actors=tuple(phrases("actor")),
        recipients=tuple(phrases("recipient")),
        place=_nearest(sentence, trigger, phrases("place")),
        date=_nearest(sentence, trigger, phrases("date")),
        planned=_nearest(sentence, trigger, phrases("planned")),
    )


def _nearest(sentence: ParsedSentence, trigger: Trigger, arguments: Iterable[Argument]) -> Argument | None:
    """The one in the trigger's own clause before others, then the surest."""
    return min(
        arguments,
        key=lambda argument: (_closeness(sentence, trigger.word, argument.head) or 0, -argument.score),
        default=None,
    )


def _may_serve(sentence: ParsedSentence, trigger: Trigger, word: int, role: Role) -> bool:
    """Whether the tree lets this word play the role for the trigger at all."""
    if word == trigger.word or sentence.relations[word] == "punct":
        return False
    if role == "place" and sentence.words[word].casefold() in _ACTS:
        return False
    if role in _CIRCUMSTANCES:
        return _closeness(sentence, trigger.word, word) is not None
    return not _in_island(sentence, trigger.word, word)


def _in_island(sentence: ParsedSentence, trigger: int, word: int) -> bool:
    """Whether the word stands inside a relative clause that the trigger is not part of."""
    around_trigger = {trigger, *sentence.ancestors(trigger)}
    for at in (word, *sentence.ancestors(word)):
        if at in around_trigger:
            return False
        if sentence.relations[at] in _ISLANDS:
            return True
    return False


def _closeness(sentence: ParsedSentence, trigger: int, word: int) -> int | None:
    """How near the clause of a time or place is to the trigger: 0 its own, 1 one around it, 2 one below; else None.

    A relative clause is a world of its own: its trigger takes no time or place from outside.
    """
    around = [trigger, *_clauses_around(sentence, trigger, relative=True)]
    for at in (word, *sentence.ancestors(word)):
        if at == trigger:
            return 0
        if at in around:
            return 1
        if sentence.relations[at] in _ISLANDS:
            return None
        if sentence.relations[at] in _CLAUSES:
            own_subject = any(sentence.relations[child] in SUBJECTS for child in sentence.children[at])
            return None if own_subject or trigger not in sentence.ancestors(at) else 2
    return None


def _whole_names(sentence: ParsedSentence, roles: dict[int, tuple[Role, float]]) -> dict[int, tuple[Role, float]]:
    """Parts of a name stand for the whole: each role word moves up to the head of its name, a title always."""
    whole: dict[int, tuple[Role, float]] = {}
    for word, (role, score) in roles.items():
        head = word
        while sentence.relations[head] in NAME_PARTS and (
            sentence.heads[head] in roles or sentence.relations[head] == "nmod:desc"
        ):
            head = sentence.heads[head]
        if head not in whole or whole[head][1] < score:
            whole[head] = roles.get(head, (role, score))
    return whole


def _shared_by_conjuncts(
    sentence: ParsedSentence, trigger: Trigger, roles: dict[int, tuple[Role, float]]
) -> dict[int, tuple[Role, float]]:
    """Members of a co-ordination play one role, the first one's unless another is surer."""
    shared = dict(roles)
    for first in sorted({sentence.first_conjunct(word) for word in roles}):
        members = [
            word for word in sentence.conjuncts(first) if sentence.pos[word] in _NOUN_LIKE and word != trigger.word
        ]
        played = [(roles[word][1], roles[word][0]) for word in members if word in roles]
        if len(members) < 2 or not played:  # noqa: PLR2004 - one member is no co-ordination
            continue
        if len({role for _, role in played}) > 1 and not _has_other_side(sentence, trigger, roles, members):
            continue
        score, role = max(played) if first not in roles else (roles[first][1], roles[first][0])
        for member in members:
            own = shared.get(member)
            if own is None or own[0] != role:
                shared[member] = (role, score if own is None else min(score, own[1]))
    return shared


def _has_other_side(
    sentence: ParsedSentence, trigger: Trigger, roles: dict[int, tuple[Role, float]], members: Sequence[int]
) -> bool:
    """Whether members of a co-ordination are no recipients of each other: "X and Y lent it planes"."""
    if trigger.type not in SYMMETRIC_CLAUSES:
        return True
    lent = any(sentence.relations[child] == "iobj" for child in sentence.children[trigger.word])
    others = (word for word, (role, _) in roles.items() if role == "recipient" and word not in members)
    return lent or any(sentence.heads[word] == trigger.word and sentence.relations[word] == "obj" for word in others)


def _without_nested(sentence: ParsedSentence, roles: dict[int, tuple[Role, float]]) -> dict[int, tuple[Role, float]]:
    """Of two words of one phrase in the same role, the one that heads it."""
    return {
        word: (role, score)
        for word, (role, score) in roles.items()
        if not any(outer in roles and roles[outer][0] == role for outer in _phrase_heads(sentence, word))
    }


def _phrase_heads(sentence: ParsedSentence, word: int) -> Iterable[int]:
    """The heads of the phrases that the word is a part of, inside out."""
    while sentence.relations[word] in _PHRASE_PARTS and sentence.heads[word] >= 0:
        word = sentence.heads[word]
        yield word


def _without_reporters(
    sentence: ParsedSentence, trigger: Trigger, roles: dict[int, tuple[Role, float]]
) -> dict[int, tuple[Role, float]]:
    """Who only tells of the act is not its actor: where the trigger has a subject of its own, subjects around it go.

    ``X said it would attack``, ``we condemn this, X said``: the pronoun acts, and coreference says who it is.
    A modal has the speaker for actor ("rebels must leave, X said" is X's demand), so it is left alone. Who condemns or
    welcomes an act has not done it.
    """
    if sentence.pos[trigger.word] == "AUX":
        return roles
    own = [child for child in sentence.children[trigger.word] if sentence.relations[child] == "nsubj"]
    relative = bool(own) and sentence.words[own[0]].casefold() in _RELATIVE
    around = set(_clauses_around(sentence, trigger.word, relative=relative)) if own else set()
    around |= {child for child in sentence.children[trigger.word] if sentence.relations[child] == "parataxis"}
    around |= {other.word for other in sentence.triggers if _judges(sentence, other, trigger.word)}
    reporters = {
        word: score
        for word, (role, score) in roles.items()
        if role == "actor" and sentence.relations[word] in SUBJECTS and sentence.heads[word] in around
        if not (relative and _is_antecedent(sentence, word, own[0]))
    }
    kept = {word: scored for word, scored in roles.items() if word not in reporters}
    if reporters and own and own[0] not in kept and sentence.words[own[0]].casefold() in _PERSONAL:
        kept[own[0]] = ("actor", max(reporters.values()))
    return kept


def _is_antecedent(sentence: ParsedSentence, noun: int, pronoun: int) -> bool:
    """Whether the pronoun follows the noun's phrase, also where the clause is not read as a relative one."""
    after = noun_phrase(sentence, noun)[1] + 1
    return noun < pronoun and all(sentence.relations[at] == "punct" for at in range(after, pronoun))


def _judges(sentence: ParsedSentence, trigger: Trigger, act: int) -> bool:
    """Whether the act is the object of a trigger that condemns or welcomes it."""
    return (
        trigger.type in _JUDGEMENTS
        and sentence.heads[act] == trigger.word
        and sentence.relations[act] == "obj"
        and sentence.pos[act] == "NOUN"
    )


def _without_others(
    sentence: ParsedSentence, trigger: Trigger, roles: dict[int, tuple[Role, float]]
) -> dict[int, tuple[Role, float]]:
    """Who is done something to by the next verb of a co-ordination is no recipient of one that has its own.

    "He accused the president and urged the Union to act" accuses no Union. Nor is one where an actor comes from:
    "mediators from Oman met the rebels". "France left and Mali stayed" has one actor each.
    """
    received = [word for word, (role, _) in roles.items() if role == "recipient"]
    next_verbs = {
        child
        for child in sentence.children[trigger.word]
        if sentence.relations[child] == "conj" and sentence.pos[child] != "NOUN" and child > trigger.word
    }
    theirs = {word for word in received if next_verbs.intersection((word, *sentence.ancestors(word)))}
    own = set(received) - theirs
    origins = {word for word in received if _comes_from(sentence, word, roles)}
    dropped = (theirs if own else set()) | origins
    dropped |= {word for word, (role, _) in roles.items() if role == "actor" and _acts_beside(sentence, trigger, word)}
    return {word: scored for word, scored in roles.items() if word not in dropped}


def _acts_beside(sentence: ParsedSentence, trigger: Trigger, word: int) -> bool:
    """Whether the word is the subject of a verb joined to the trigger, which has one that acts itself."""
    first = sentence.first_conjunct(word)
    verb = sentence.heads[first]
    joined = (sentence.relations[verb] == "conj" and sentence.heads[verb] == trigger.word) or (
        sentence.relations[trigger.word] == "conj" and sentence.heads[trigger.word] == verb
    )
    own = any(sentence.relations[child] == "nsubj" for child in sentence.children[trigger.word])
    return sentence.relations[first] in SUBJECTS and verb != trigger.word and joined and own


def _comes_from(sentence: ParsedSentence, word: int, roles: dict[int, tuple[Role, float]]) -> bool:
    """Whether the word, or the co-ordination it is in, follows an actor with "from"."""
    first = sentence.first_conjunct(word)
    cases = {sentence.words[one].casefold() for one in sentence.children[first] if sentence.relations[one] == "case"}
    noun = sentence.heads[first]
    return sentence.relations[first] == "nmod" and "from" in cases and noun in roles and roles[noun][0] == "actor"


def _clauses_around(sentence: ParsedSentence, word: int, *, relative: bool) -> Iterable[int]:
    """The heads above the word; with a relative pronoun for subject only those inside the relative clause."""
    for above in sentence.ancestors(word):
        if relative and (sentence.relations[word] in _ISLANDS):
            return
        yield above
        word = above
