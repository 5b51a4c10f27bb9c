"""The one command: from treebanks and corpus to the packaged network.

``python -m service.training --treebanks ../shared/treebanks --out service/pipeline/parsing/data``
"""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from service.training.encoder import fetch
from service.training.recipe import Recipe
from service.training.run import Run


def main(  # noqa: PLR0913, PLR0917 - options
    treebanks: Annotated[Path, typer.Option(help="Folder with train.conllu.xz and dev.conllu.xz")],
    out: Annotated[Path, typer.Option(help="Folder for the network's files and its model card")],
    corpus: Annotated[Path, typer.Option(help="Annotated sentences")] = Path("seeds/corpus"),
    seed: Annotated[int, typer.Option(help="Of everything that is drawn")] = 0,
    share: Annotated[float, typer.Option(help="Of the corpus, for a learning curve", min=0.01, max=1)] = 1.0,
    encoder: Annotated[Path, typer.Option(help="Folder for the encoder's file, fetched once")] = Path(".cache/encoder"),
    kept: Annotated[Path | None, typer.Option(help="Folder for the weights after each step, read if there")] = None,
    start: Annotated[
        Path | None, typer.Option(help="Folder of a packaged network to go on from: the corpus has grown")
    ] = None,
    new: Annotated[
        list[str] | None, typer.Option(help="With --start: a file of the corpus that the network does not know: p28")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Leave out the teacher: half the time")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Train the reader network. Some five hours on two cores, 85 minutes with --plain, 40 with --start."""
    console, started = Console(stderr=True), time.monotonic()

    def report(line: str) -> None:
        console.print(f"{time.monotonic() - started:6.0f} s  {line}", highlight=False)

    run = Run(Recipe(seed=seed), treebanks, corpus, None if start else fetch(encoder), kept, report, share)
    if start:
        run.go_on_from(start, new or [])
    else:
        run.learn_trees()
        run.learn_events()
        if not plain:
            run.learn_from_teacher()
    run.write(out)


if __name__ == "__main__":
    typer.run(main)
