"""The flow of one article: bytes in; its events, what was held back, or a rejection out."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import Self

from service.knowledge import Knowledge
from service.model import Article, CoderInfo, Event, Held, Modality, Rejected
from service.pipeline.articles import Limits, parse_article
from service.pipeline.assembly import assemble
from service.pipeline.coding import Calibration, EventMention, code_mentions
from service.pipeline.filter import sift, without_actor
from service.pipeline.parsing import Reader, find_dateline, split_article

LIMITS = Limits()
VERSION = metadata.version("eventwire")


@dataclass(frozen=True, slots=True)
class CoderOptions:
    """What passes, what tells events apart, and whose tables win."""

    modalities: tuple[Modality, ...] = ("actual",)
    min_confidence: float = 0.0
    dedup_fields: tuple[str, ...] = ()
    knowledge_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """What became of a good article. ``events`` are in the order of the text; ``seconds`` is the time it took."""

    article: Article
    events: tuple[Event, ...]
    held: tuple[Held, ...]
    sentences: int
    seconds: float = 0.0


class Coder:
    """Codes articles, one at a time. Loading takes about a second; coding keeps nothing from article to article."""

    def __init__(self, reader: Reader, knowledge: Knowledge, version: str, options: CoderOptions) -> None:
        self._reader = reader
        self._knowledge = knowledge
        self._options = options
        self._calibration = Calibration.load()
        self.info = CoderInfo(version=version, network=reader.version)

    @classmethod
    def load(cls, options: CoderOptions = CoderOptions()) -> Self:
        """With the packaged network and tables.

        Raises:
            service.knowledge.TableError: a table in ``options.knowledge_dir`` can't be read.
        """
        knowledge = Knowledge.load(options.knowledge_dir)
        return cls(Reader.load(verbs=knowledge.verbs), knowledge, VERSION, options)

    def code(self, article: Article) -> Coded:
        """The article's events. The same article gives the same events, whatever was coded before."""
        return self.explain(article)[0]

    def explain(self, article: Article) -> tuple[Coded, list[EventMention]]:
        """The article's events with the mentions behind them, each with the reading that tells why it is so."""
        options = self._options
        sentences = self._reader.read(split_article(article))
        mentions = code_mentions(article, sentences, find_dateline(article.text), self._knowledge, self._calibration)
        events = assemble(mentions, article, self.info, self._knowledge, options.dedup_fields)
        passed, held = sift(events, options.modalities, options.min_confidence)
        coded = Coded(article, tuple(passed), (*held, *without_actor(mentions, article)), len(sentences))
        return coded, mentions


def code_article(article: Article, options: CoderOptions = CoderOptions()) -> Coded:
    """Codes one article. To code many, load one ``Coder`` and use that."""
    return Coder.load(options).code(article)


def process(
    raw: bytes | None, coder: Coder, limits: Limits = LIMITS, clock: Callable[[], float] | None = None
) -> Coded | Rejected:
    """What becomes of a record's bytes. ``clock`` gives seconds; without one no time is told."""
    started = clock() if clock else 0.0
    article = parse_article(raw, limits)
    if isinstance(article, Rejected):
        return article
    coded = coder.code(article)
    return replace(coded, seconds=clock() - started) if clock else coded


@dataclass(slots=True)
class Tally:
    """Counts of a batch of outcomes: received = coded + rejected, events extracted = held + coded."""

    coded: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    extracted: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    coding_seconds: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, outcomes: Iterable[Coded | Rejected]) -> "Tally":
        tally = cls()
        for outcome in outcomes:
            tally.add(outcome)
        return tally

    def add(self, outcome: Coded | Rejected) -> None:
        if isinstance(outcome, Rejected):
            self.rejected[outcome.reason] += 1
            return
        self.coded += 1
        self.sentences += outcome.sentences
        self.coding_seconds.append(outcome.seconds)
        self.extracted.update(event.type for event in outcome.events)
        self.extracted.update(held.type for held in outcome.held)
        self.held.update(held.reason for held in outcome.held)
        self.events.update(event.type for event in outcome.events)
        self.unresolved["actor"] += sum(event.actor.code is None for event in outcome.events)
        self.unresolved["recipient"] += sum(
            event.recipient is not None and event.recipient.code is None for event in outcome.events
        )
