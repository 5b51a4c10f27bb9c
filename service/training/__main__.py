"""The one command: from treebanks and corpus to the packaged network.

``python -m service.training --treebanks ../shared/treebanks --out service/pipeline/parsing/data``
"""

import random
import time
from pathlib import Path
from typing import Annotated, get_args

import torch
import typer
from rich.console import Console

from service.knowledge import Knowledge
from service.model import EventType, Modality
from service.pipeline.parsing.network import DATA, Labels
from service.pipeline.parsing.pieces import Pieces
from service.training import encoder as encoders
from service.training.card import write_card
from service.training.corpus import load
from service.training.events import event_examples
from service.training.export import export
from service.training.network import ReaderNetwork
from service.training.parsing import LONGEST, attachment, tree_examples, tree_labels
from service.training.recipe import Recipe, train_events, train_parser
from service.training.scoring import score_events, settle_threshold
from service.training.treebanks import Tree, read_trees

ROLES = ("none", "actor", "recipient", "place", "date", "planned")


def main(  # noqa: PLR0913, PLR0917 - options
    treebanks: Annotated[Path, typer.Option(help="Folder with train.conllu.xz and dev.conllu.xz")],
    out: Annotated[Path, typer.Option(help="Folder for the network's files and its model card")],
    corpus: Annotated[Path, typer.Option(help="Annotated sentences")] = Path("seeds/corpus"),
    seed: Annotated[int, typer.Option(help="Of everything that is drawn")] = 0,
    share: Annotated[float, typer.Option(help="Of the corpus, for a learning curve", min=0.01, max=1)] = 1.0,
    encoder: Annotated[Path, typer.Option(help="Folder for the encoder's file, fetched once")] = Path(".cache/encoder"),
    parser: Annotated[Path | None, typer.Option(help="Weights after step one: read if there, else written")] = None,
    weights: Annotated[Path | None, typer.Option(help="Where the float weights go, to train on from later")] = None,
) -> None:
    """Train the reader network. Some 75 minutes on two cores."""
    console, started = Console(stderr=True), time.monotonic()

    def report(line: str) -> None:
        console.print(f"{time.monotonic() - started:6.0f} s  {line}", highlight=False)

    recipe = Recipe(seed=seed)
    trees = [tree for tree in read_trees(treebanks / "train.conllu.xz") if len(tree.words) <= LONGEST]
    dev = list(read_trees(treebanks / "dev.conllu.xz"))
    labels = _labels(trees)
    pieces = Pieces(DATA / "reader.vocab.txt")
    torch.manual_seed(seed)
    network = ReaderNetwork(labels, encoders.read(encoders.fetch(encoder)))
    train_trees, dev_trees = tree_examples(trees, pieces, labels), tree_examples(dev, pieces, labels)
    if parser and parser.exists():
        network.load_state_dict(torch.load(parser, weights_only=True))
    else:
        train_parser(network, train_trees, dev_trees, recipe, report)
        if parser:
            torch.save(network.state_dict(), parser)
    sentences = load(corpus)
    drawn = random.Random(seed).sample(sentences.train, round(share * len(sentences.train)))  # noqa: S311 - no secret
    train = event_examples(drawn, network, pieces, labels)
    held_back = event_examples(sentences.held_back, network, pieces, labels)
    train_events(network, train, held_back, train_trees, recipe, report)
    report(f"no event is {settle_threshold(network, held_back):+.1f} likelier than learnt")
    export(network, out)
    if weights:
        torch.save(network.state_dict(), weights)
    scores, trees_scores = score_events(network, held_back), attachment(network, dev_trees)
    write_card(out, recipe, len(train), len(held_back), scores, trees_scores)
    report(f"written to {out}")


def _labels(trees: list[Tree]) -> Labels:
    relations, pos = tree_labels(trees)
    ontology = Knowledge.load().ontology
    of_type = [tuple(sorted(ontology.modes(kind))) for kind in get_args(EventType)]
    modes = sorted({mode for modes in of_type for mode in modes})
    types = ("NONE", *get_args(EventType))
    return Labels(relations, pos, types, get_args(Modality), (*modes, "-"), ROLES, ((), *of_type))


if __name__ == "__main__":
    typer.run(main)
