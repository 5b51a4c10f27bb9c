"""A run of the training: its steps in their order, each kept in a file so that a run can go on where it ended."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import torch
from torch import Tensor, nn
from transformers import BertModel

from service.knowledge import Knowledge
from service.model import EventType, Modality
from service.pipeline.parsing.network import DATA, Labels
from service.pipeline.parsing.pieces import Pieces
from service.training import encoder as encoders
from service.training.card import write_card
from service.training.corpus import Sentence, load, read
from service.training.document_sentences import sentences
from service.training.events import EventExample, event_examples, event_loss
from service.training.export import export
from service.training.narrowing import narrow
from service.training.network import ReaderNetwork
from service.training.packaged import take_weights
from service.training.parsing import LONGEST, TreeExample, attachment, tree_examples, tree_labels
from service.training.recipe import Example, Recipe, Report, Step, train_events, train_parser
from service.training.scoring import score_events, settle_threshold
from service.training.teaching import DeepReader, lesson_loss, lessons, plain_examples, untaught
from service.training.treebanks import Tree, read_trees

ROLES = ("none", "actor", "recipient", "place", "date", "planned")


@dataclass(frozen=True, slots=True)
class Trees:
    """The treebanks as examples, and what their labels are."""

    labels: Labels
    train: list[TreeExample]
    dev: list[TreeExample]


@dataclass
class Run:
    """``kept`` is the folder for the weights after each step; what lies there is not learnt again.

    ``share`` of the corpus is learnt from. ``encoder`` is the file that the first step begins with; a run that goes on
    from a packaged network needs none.
    """

    recipe: Recipe
    treebanks: Path
    corpus: Path
    encoder: Path | None
    kept: Path | None
    report: Report
    share: float = 1.0
    train: list[EventExample] = field(init=False)
    held_back: list[EventExample] = field(init=False)

    def __post_init__(self) -> None:
        self._pieces = Pieces(DATA / "reader.vocab.txt")
        self._trees = read_examples(self.treebanks, self._pieces)
        torch.manual_seed(self.recipe.seed)
        self.network = ReaderNetwork(self._trees.labels, self._encoder())

    def learn_trees(self) -> None:
        """Step one. With it the words are known on which the labels of phrases stand."""
        trees = self._trees
        self._once(
            "parser", self.network, lambda: train_parser(self.network, trees.train, trees.dev, self.recipe, self.report)
        )
        self._read_corpus()

    def go_on_from(self, folder: Path, new: Sequence[str] = ()) -> None:
        """The packaged network of a folder instead of the steps that made it, and lessons from itself.

        Of the corpus's files that are ``new`` to it, it has nothing to teach. The mean of the weights before and after
        is kept, as in the rounds: what it knew of trees and of other sentences is not lost.
        """
        take_weights(self.network, folder)
        before = {name: weight.clone() for name, weight in self.network.state_dict().items()}
        self._read_corpus()
        recipe, unknown = self.recipe, self._texts(new)
        known = [one for one in self.train if one.text not in unknown]
        taught = lessons([self.network], [*known, *self._plain()])
        taught += [untaught(one, self._trees.labels) for one in self.train if one.text in unknown]
        step = Step("again", taught, lesson_loss, recipe.again_epochs, recipe.again_rate, recipe.tree_batches)
        self._once("again", self.network, lambda: self._learn(self.network, step))
        self.network.load_state_dict(mean(before, self.network.state_dict()))

    def _read_corpus(self) -> None:
        """The annotation as examples, once the network can parse."""
        trees, annotated = self._trees, load(self.corpus)
        found = [*annotated.train, *(one for document in annotated.train_documents for one in sentences(document))]
        drawn = random.Random(self.recipe.seed).sample(found, round(self.share * len(found)))  # noqa: S311 - no secret
        self.train = event_examples(drawn, self.network, self._pieces, trees.labels)
        self.held_back = event_examples(annotated.held_back, self.network, self._pieces, trees.labels)

    def learn_events(self) -> None:
        """Step two: events from the annotation."""
        recipe = self.recipe
        step = Step("events", self.train, event_loss, recipe.event_epochs, recipe.event_rate, recipe.tree_batches)
        encoders.mix(self.network.encoder, self._encoder(), recipe.kept)
        self._once("events", self.network, lambda: self._learn(self.network, step))

    def learn_from_teacher(self) -> None:
        """Step three: a deeper network learns events, and the packaged one what both make of all sentences."""
        recipe = self.recipe
        teacher = DeepReader(self._trees.labels, self._encoder(recipe.teacher_layers), self.network)
        step = Step("teacher", self.train, event_loss, recipe.teacher_epochs, recipe.event_rate, 0.0)
        self._once("teacher", teacher, lambda: self._learn(teacher, step))
        plain = self._plain()
        self.report(f"{len(self.train)} annotated and {len(plain)} plain sentences to learn from the teacher")
        for number in range(1, recipe.rounds + 1):
            before = {name: weight.clone() for name, weight in self.network.state_dict().items()}
            self._take_lessons(f"taught{number}", teacher, plain)
            if number > 1:
                self.network.load_state_dict(mean(before, self.network.state_dict()))

    def _texts(self, names: Sequence[str]) -> set[str]:
        found = (entry for name in names for _, entry in read(self.corpus / f"{name}.jsonl"))
        return {entry.text for entry in found if isinstance(entry, Sentence)}

    def _plain(self) -> list[EventExample]:
        recipe, trees = self.recipe, self._trees.train
        return plain_examples(self.corpus / "plain", self._pieces, trees, recipe.plain_sentences, recipe.seed)

    def _encoder(self, layers: int = encoders.KEPT) -> BertModel:
        return encoders.read(self.encoder, layers) if self.encoder else encoders.blank(layers)

    def _take_lessons(self, name: str, teacher: ReaderNetwork, plain: Sequence[EventExample]) -> None:
        recipe = self.recipe
        taught = lessons([teacher, self.network], [*self.train, *plain])
        lesson = Step(name, taught, lesson_loss, recipe.taught_epochs, recipe.taught_rate, recipe.tree_batches)
        self._once(name, self.network, lambda: self._learn(self.network, lesson))

    def write(self, folder: Path) -> None:
        """The packaged files and the model card."""
        shift = settle_threshold(self.network, self.held_back)
        self.report(f"no event is {shift:+.1f} likelier than learnt")
        export(self.network, folder)
        narrow(folder, [example.text for example in self.train])
        scores, trees = score_events(self.network, self.held_back), attachment(self.network, self._trees.dev)
        write_card(folder, self.recipe, len(self.train), len(self.held_back), scores, trees)
        self.report(f"written to {folder}")

    def _learn(self, network: ReaderNetwork, step: Step[Example]) -> None:
        train_events(network, step, self.held_back, self._trees.train, self.recipe, self.report)

    def _once(self, step: str, network: nn.Module, learn: Callable[[], None]) -> None:
        path = self.kept and self.kept / f"{step}.pt"
        if path and path.exists():
            network.load_state_dict(torch.load(path, weights_only=True))
            return
        learn()
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            torch.save(network.state_dict(), path)


def mean(one: dict[str, Tensor], other: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean of two networks' weights; what is no number of a weight stays the other's."""
    return {name: (one[name] + weight) / 2 if weight.is_floating_point() else weight for name, weight in other.items()}


def read_examples(treebanks: Path, pieces: Pieces) -> Trees:
    """The treebanks' trees; what is very long is left out of training."""
    train = [tree for tree in read_trees(treebanks / "train.conllu.xz") if len(tree.words) <= LONGEST]
    labels = _labels(train)
    dev = read_trees(treebanks / "dev.conllu.xz")
    return Trees(labels, tree_examples(train, pieces, labels), tree_examples(list(dev), pieces, labels))


def _labels(trees: Sequence[Tree]) -> Labels:
    relations, pos = tree_labels(trees)
    ontology = Knowledge.load().ontology
    of_type = [tuple(sorted(ontology.modes(kind))) for kind in get_args(EventType)]
    modes = sorted({mode for modes in of_type for mode in modes})
    types = ("NONE", *get_args(EventType))
    return Labels(relations, pos, types, get_args(Modality), (*modes, "-"), ROLES, ((), *of_type))
