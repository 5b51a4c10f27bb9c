"""Scores on the held-back part of our own corpus: triggers, roles, modality, mode, and false events."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from service.pipeline.parsing import ParsedSentence, Reader, SentenceText, Trigger
from service.training.corpus import Annotation, Sentence, find, load
from tests.bench.scores import Figure, f1, macro_f1


@dataclass
class _Counts:
    triggers: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    modes: Counter[bool] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)


def corpus_figures(folder: Path, reader: Reader) -> Iterator[Figure]:
    """Of the network's reading, before any rule: what it is trained for."""
    held_back = load(folder).held_back
    counts = _Counts()
    for sentence in held_back:
        _count(counts, sentence, reader.read([SentenceText(sentence.text, 0)]))
    triggers, roles = counts.triggers, counts.roles
    hits = triggers["right"]
    of = "corpus, held back"
    yield Figure(of, "trigger with type, F1", f1(hits, triggers["found"], triggers["wanted"]), len(held_back))
    yield Figure(of, "roles of right triggers, F1", f1(roles["right"], roles["found"], roles["wanted"]), hits)
    yield Figure(of, "modality, macro F1", macro_f1(counts.right, counts.found, counts.wanted), hits)
    yield Figure(of, "mode, accuracy", counts.modes[True] / max(1, counts.modes.total()), hits)
    quiet = counts.quiet["sentences"]
    yield Figure(of, "false events a sentence without event", counts.quiet["found"] / max(1, quiet), quiet)


def _count(counts: _Counts, sentence: Sentence, parsed: list[ParsedSentence]) -> None:
    found = [(one, trigger) for one in parsed for trigger in one.triggers]
    counts.triggers.update(found=len(found), wanted=len(sentence.events))
    if not sentence.events:
        counts.quiet.update(sentences=1, found=len(found))
    for annotation in sentence.events:
        hit = next((pair for pair in found if _same(*pair, sentence, annotation)), None)
        if hit is None:
            continue
        counts.triggers["right"] += 1
        trigger = hit[1]
        counts.modes[trigger.mode == annotation.mode] += 1
        counts.right[annotation.modality] += trigger.modality == annotation.modality
        counts.found[trigger.modality] += 1
        counts.wanted[annotation.modality] += 1
        _count_roles(counts.roles, *hit, sentence, annotation)


def _same(parsed: ParsedSentence, trigger: Trigger, sentence: Sentence, annotation: Annotation) -> bool:
    span = find(sentence.text, annotation.trigger)
    first, last = parsed.spans[trigger.word]
    touches = span is not None and parsed.start + first < span[1] and parsed.start + last > span[0]
    return touches and trigger.type == annotation.type


def _count_roles(
    roles: Counter[str], parsed: ParsedSentence, trigger: Trigger, sentence: Sentence, annotation: Annotation
) -> None:
    """A role is right when its word heads one of the phrases that play it."""
    phrases = {
        "actor": annotation.actors,
        "recipient": annotation.recipients,
        "place": (annotation.place,) if annotation.place else (),
        "date": (annotation.date,) if annotation.date else (),
        "planned": (annotation.planned,) if annotation.planned else (),
    }
    wanted: set[tuple[str, int]] = set()
    for role, parts in phrases.items():
        for part in parts:
            span = find(sentence.text, part)
            inside = [
                word
                for word, (first, last) in enumerate(parsed.spans)
                if span and parsed.start + first < span[1] and parsed.start + last > span[0]
            ]
            wanted.update((role, word) for word in _head(parsed, inside))
    found = {(role, word) for word, (role, _) in trigger.roles.items()}
    roles.update(right=len(found & wanted), found=len(found), wanted=len(wanted))


def _head(parsed: ParsedSentence, words: list[int]) -> list[int]:
    """The word of the phrase whose head lies outside."""
    return [word for word in words if parsed.heads[word] not in words][:1]
