"""Accuracy on sentences that nothing here was trained on, in one table.

``python -m tests.bench.accuracy --gold ../shared/gold --treebanks ../shared/treebanks``

The folders hold others' sentences and are read by path; the held-back part of ``seeds/corpus`` is our own.
"""

import dataclasses
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from service.knowledge import Knowledge
from service.pipeline.parsing import Reader
from service.pipeline.parsing.network import Network
from service.pipeline.processing import Coder, CoderOptions
from tests.bench.scores import Figure
from tests.bench.scores_of_corpus import corpus_figures
from tests.bench.scores_of_gold import location_figures, relation_figures
from tests.bench.scores_of_trees import tree_figures

EVERYTHING = CoderOptions(modalities=("actual", "future", "hypothetical", "negated", "historical"))


def main(
    gold: Annotated[Path, typer.Option(help="Folder with plv_dev.jsonl and event_location_dev.jsonl")],
    treebanks: Annotated[Path, typer.Option(help="Folder with the treebanks' test parts")],
    corpus: Annotated[Path, typer.Option(help="Annotated sentences of our own")] = Path("seeds/corpus"),
    network: Annotated[Path | None, typer.Option(help="Folder of a network, if not the packaged one")] = None,
    output: Annotated[str, typer.Option("--format", help="table or jsonl")] = "table",
) -> None:
    """Print every figure that the coder is judged by."""
    started = time.monotonic()
    figures = list(_figures(gold, treebanks, corpus, network))
    if output == "jsonl":
        for figure in figures:
            typer.echo(json.dumps(dataclasses.asdict(figure)))
        return
    table = Table("set", "measure", "value", "n", title="Accuracy on sentences not trained on")
    for figure in figures:
        table.add_row(figure.of, figure.measure, f"{figure.value:.3f}", str(figure.n))
    Console().print(table)
    Console(stderr=True).print(f"{time.monotonic() - started:.0f} s")


def _figures(gold: Path, treebanks: Path, corpus: Path, folder: Path | None) -> Iterator[Figure]:
    network = Network(folder) if folder else Network()
    reader = Reader(network)
    coder = Coder(reader, Knowledge.load(), "bench", EVERYTHING)
    yield from relation_figures(gold / "plv_dev.jsonl", reader, coder)
    yield from location_figures(gold / "event_location_dev.jsonl", reader)
    yield from corpus_figures(corpus, reader)
    for name in ("test_ewt", "test_gum", "test_gum_news", "test_pud"):
        yield from tree_figures(treebanks / f"{name}.conllu.xz", network)


if __name__ == "__main__":
    typer.run(main)
