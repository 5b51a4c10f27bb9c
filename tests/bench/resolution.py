"""What share of an article's coding time goes into finding out who, when and where that is.

``python -m tests.bench.resolution``: on the corpus's documents, one thread, with the packaged network.
"""

# the command sets this before numpy is loaded; so must we
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any
from unittest.mock import patch

import typer

from service.pipeline.coding import coder as coding
from service.pipeline.coding.chronology import Chronology
from service.pipeline.coding.coreference import Discourse
from service.pipeline.coding.places import Towns
from service.pipeline.processing import Coder
from service.training.corpus import load

RESOLVED = (
    (Discourse, "enter", "actors"),
    (Discourse, "parties", "actors"),
    (Chronology, "date", "dates"),
    (coding, "article_scene", "places"),
    (Towns, "enter", "places"),
    (coding, "resolve_place", "places"),
)


def main(
    corpus: Annotated[Path, typer.Option(help="Annotated documents of our own")] = Path("seeds/corpus"),
    rounds: Annotated[int, typer.Option(help="Passes over the documents after one that warms up", min=1)] = 3,
) -> None:
    """Print seconds an article and the shares of resolution."""
    documents = load(corpus)
    articles = [document.article() for document in (*documents.train_documents, *documents.held_back_documents)]
    coder = Coder.load()
    for article in articles:
        coder.code(article)
    seconds = Counter[str]()
    with ExitStack() as stack:
        for owner, name, what in RESOLVED:
            stack.enter_context(patch.object(owner, name, _timed(getattr(owner, name), seconds, what)))
        started = time.perf_counter()
        for _ in range(rounds):
            for article in articles:
                coder.code(article)
        whole = time.perf_counter() - started
    typer.echo(f"{1000 * whole / rounds / len(articles):.1f} ms an article, {len(articles)} articles")
    for what, spent in seconds.items():
        typer.echo(f"{what:7} {spent / whole:6.1%}")
    typer.echo(f"{'all':7} {seconds.total() / whole:6.1%}")


def _timed(resolve: Callable[..., Any], seconds: Counter[str], what: str) -> Callable[..., Any]:
    """``resolve`` with its time added to ``seconds``; calls inside other calls are in the time of the outer ones."""

    def timed(*arguments: Any, **named: Any) -> Any:
        if what in _RUNNING:
            return resolve(*arguments, **named)
        _RUNNING.add(what)
        started = time.perf_counter()
        try:
            return resolve(*arguments, **named)
        finally:
            _RUNNING.remove(what)
            seconds[what] += time.perf_counter() - started  # type: ignore[assignment]  # a Counter of seconds

    return timed


_RUNNING: set[str] = set()


if __name__ == "__main__":
    typer.run(main)
