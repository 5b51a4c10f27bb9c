"""The whole coder against the bare network: what everything around the network costs."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from service.cli.bench import Figure
from service.knowledge import Knowledge
from service.model import Article
from service.pipeline.articles import parse_article
from service.pipeline.parsing import Reader
from service.pipeline.parsing.network import Network, Scores
from service.pipeline.parsing.pieces import Encoded
from service.pipeline.processing import Coder, CoderOptions
from service.shipped import folder

Batch = Sequence[Encoded]


class RecordingNetwork(Network):
    """The network, with a note of every batch that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[Batch] = []

    def run(self, encoded: Batch) -> Scores:
        self.batches.append(encoded)
        return super().run(encoded)


def measure(knowledge_dir: Path | None, seconds: float) -> list[Figure]:
    """Sentences a second of both on the articles of the demo, and their ratio."""
    network = RecordingNetwork()
    options = CoderOptions(knowledge_dir=knowledge_dir)
    coder = Coder(Reader(network), Knowledge.load(knowledge_dir), "bench", options)
    articles = demo_articles()
    sentences = sum(coder.code(article).sentences for article in articles)  # also warms both up
    batches = tuple(network.batches)
    bare = Network()

    def code_all() -> None:
        network.batches.clear()
        for article in articles:
            coder.code(article)

    def run_all() -> None:
        for batch in batches:
            bare.run(batch)

    coded, ran = in_turn(code_all, run_all, seconds)
    return [
        Figure("coder", sentences / coded, "sentences/s"),
        Figure("bare network, same batches", sentences / ran, "sentences/s"),
        Figure("coder / bare network", ran / coded, "ratio"),
    ]


def in_turn(one: Callable[[], None], other: Callable[[], None], seconds: float) -> tuple[float, float]:
    """Mean seconds of each. They run in turn, so that whatever else the machine does meets both."""
    spent = [0.0, 0.0]
    rounds = 0
    while min(spent) < seconds:
        for side, work in enumerate((one, other)):
            started = time.perf_counter()
            work()
            spent[side] += time.perf_counter() - started
        rounds += 1
    return spent[0] / rounds, spent[1] / rounds


def demo_articles() -> list[Article]:
    """The articles that ship with the package."""
    files = sorted((folder("seeds") / "articles").glob("*.json"))
    parsed = [parse_article(file.read_bytes()) for file in files]
    return [article for article in parsed if isinstance(article, Article)]
