"""Accuracy on whole articles that were annotated before the coder saw them.

``python -m tests.bench.articles``: the golden articles, and the corpus's documents.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from service.knowledge import Knowledge
from service.pipeline.parsing import Reader
from service.pipeline.parsing.network import DATA, Network
from service.pipeline.processing import Coder
from service.training.corpus import Document, load, read
from tests.bench.accuracy import EVERYTHING
from tests.bench.scores_of_articles import article_figures

GOLDEN = Path(__file__).parents[1] / "golden" / "articles"


def main(
    corpus: Annotated[Path, typer.Option(help="Annotated documents of our own")] = Path("seeds/corpus"),
    network: Annotated[Path, typer.Option(help="Folder of a network")] = DATA,
) -> None:
    """Print the figures of both sets."""
    coder = Coder(Reader(Network(network)), Knowledge.load(), "bench", EVERYTHING)
    golden = [one for path in sorted(GOLDEN.glob("*.jsonl")) for _, one in read(path) if isinstance(one, Document)]
    annotated = load(corpus)
    documents = (*annotated.train_documents, *annotated.held_back_documents)
    table = Table("set", "measure", "value", "n", title="Whole articles")
    for name, articles in (("golden articles", golden), ("corpus documents", documents)):
        for figure in article_figures(name, articles, coder):
            table.add_row(figure.of, figure.measure, f"{figure.value:.3f}", str(figure.n))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
