"""Two networks on the same sentences, one thread, by turns: how much faster is the one?

``python -m tests.bench.speed FOLDER OTHER`` with folders that hold ``reader.onnx`` and its files. The sentences are the
corpus's held-back part, in batches as reading makes them.
"""

# the command sets this before numpy is loaded; so must we
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from service.pipeline.parsing import Reader, SentenceText
from service.pipeline.parsing.network import DATA, Network
from service.training.corpus import load


def main(
    other: Annotated[Path, typer.Argument(help="Folder of the network to compare with")],
    network: Annotated[Path, typer.Option(help="Folder of the network that is measured")] = DATA,
    corpus: Annotated[Path, typer.Option(help="Annotated sentences of our own")] = Path("seeds/corpus"),
    rounds: Annotated[int, typer.Option(help="Pairs of measurements", min=3)] = 7,
) -> None:
    """Print sentences a second of both and the median of the paired ratios."""
    texts = [SentenceText(sentence.text, 0) for sentence in load(corpus).held_back]
    readers = [Reader(Network(folder)) for folder in (network, other)]
    pairs = []
    for turn in range(rounds + 1):
        order = (0, 1) if turn % 2 else (1, 0)
        seconds = {which: _seconds(readers[which], texts) for which in order}
        if turn:  # the first warms up
            pairs.append((seconds[0], seconds[1]))
    own, others = (statistics.median(pair[which] for pair in pairs) for which in (0, 1))
    ratio = statistics.median(b / a for a, b in pairs)
    Console().print(
        f"{network}: {len(texts) / own:.0f} sentences/s\n{other}: {len(texts) / others:.0f} sentences/s\n"
        f"ratio {ratio:.2f} (median of {rounds} pairs)",
        highlight=False,
    )


def _seconds(reader: Reader, texts: list[SentenceText]) -> float:
    started = time.perf_counter()
    reader.read(texts)
    return time.perf_counter() - started


if __name__ == "__main__":
    typer.run(main)
