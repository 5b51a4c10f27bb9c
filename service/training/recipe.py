"""The recipe: first the trees, then events and trees together, then what a deeper network knows.

Fixed seeds; the same machine gives the same weights.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from service.training.batches import HasPieces, batches
from service.training.events import EventExample
from service.training.network import ReaderNetwork
from service.training.parsing import TreeExample, attachment, endless, parse_loss
from service.training.scoring import score_events

Report = Callable[[str], None]
Example = TypeVar("Example", bound=HasPieces)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of a run. Batches are in sub-words, rates are those at the top of the schedule.

    ``kept``: share of the encoder as it was before the trees that events begin with: an encoder that has only parsed
    for hours has lost some of what words mean. ``hidden_words``: share of sub-words hidden in the event step.
    ``tree_batches``: beside each batch of events.
    ``teacher``: the deeper network; ``taught``: the step in which the packaged one learns from it, also about
    ``plain_sentences`` of the treebanks, which have no events annotated, and those of the corpus. In each of the
    ``rounds`` after the first it learns from the teacher and from itself as it then is, and the mean of its weights
    before and after the round is kept (Wortsman et al. 2022, Model soups).
    ``again``: the step in which a packaged network learns from itself and a corpus that has grown.
    ``memory``: share of the running mean of the weights that a step leaves as it was.
    """

    seed: int = 0
    parser_epochs: int = 4
    parser_batch: int = 1200
    parser_rate: float = 1.5e-4
    kept: float = 0.5
    event_epochs: int = 13
    event_batch: int = 600
    event_rate: float = 1e-4
    heads_rate: float = 1e-3
    hidden_words: float = 0.08
    tree_batches: float = 0.25
    teacher_layers: int = 12
    teacher_epochs: int = 8
    plain_sentences: int = 3000
    taught_epochs: int = 9
    taught_rate: float = 8e-5
    rounds: int = 3
    again_epochs: int = 4
    again_rate: float = 6e-5
    memory: float = 0.998
    warm_up: float = 0.06
    weight_decay: float = 0.01


@dataclass(frozen=True, slots=True)
class Step(Generic[Example]):
    """What is learnt in a step of events: from which examples, by which loss, how long and how fast.

    ``tree_batches``: beside each batch of events, so that parsing is not forgotten.
    """

    name: str
    train: Sequence[Example]
    loss: Callable[[ReaderNetwork, Sequence[Example], float], Tensor]
    epochs: int
    rate: float
    tree_batches: float


class Schedule:
    """AdamW with a linear warm-up and decay; the encoder learns more slowly than the heads."""

    def __init__(self, network: ReaderNetwork, recipe: Recipe, rate: float, steps: int) -> None:
        learnt = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
        encoder = [weight for name, weight in learnt if name.startswith("encoder.")]
        heads = [weight for name, weight in learnt if not name.startswith("encoder.")]
        self._network = network
        self._optimizer = AdamW(
            [
                {"params": encoder, "lr": rate},
                {"params": heads, "lr": recipe.heads_rate * min(1, rate / recipe.event_rate)},
            ],
            weight_decay=recipe.weight_decay,
            fused=True,
        )
        warm = max(1, int(recipe.warm_up * steps))
        self._rates = LambdaLR(self._optimizer, lambda step: min(1, (step + 1) / warm) * max(0.02, 1 - step / steps))

    def step(self, loss: Tensor) -> None:
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._rates.step()


@contextmanager
def seeded(seed: int) -> Iterator[random.Random]:
    """Torch and the shuffling of this run."""
    torch.manual_seed(seed)
    yield random.Random(seed)  # noqa: S311 - shuffling


def train_parser(
    network: ReaderNetwork, train: list[TreeExample], dev: list[TreeExample], recipe: Recipe, report: Report
) -> None:
    """Step one: trees alone."""
    with seeded(recipe.seed) as shuffle:
        steps = recipe.parser_epochs * len(list(batches(train, recipe.parser_batch)))
        schedule = Schedule(network, recipe, recipe.parser_rate, steps)
        for epoch in range(recipe.parser_epochs):
            total = count = 0.0
            for batch in batches(train, recipe.parser_batch, shuffle):
                loss = parse_loss(network, batch)
                schedule.step(loss)
                total, count = total + loss.item(), count + 1
            score = attachment(network, dev)
            report(
                f"parser epoch {epoch + 1}/{recipe.parser_epochs}: loss {total / count:.3f}, dev LAS {score.las:.4f}"
            )


def train_events(  # noqa: PLR0913, PLR0917 - a run takes so much
    network: ReaderNetwork,
    step: Step[Example],
    held_back: list[EventExample],
    trees: list[TreeExample],
    recipe: Recipe,
    report: Report,
) -> None:
    """Events, with batches of trees between.

    The table of sub-words stays as it is: few of them occur in the corpus, and it is half of all weights. What is kept
    is a running mean of the weights, at the epoch that is best on ``held_back``.
    """
    best: tuple[float, dict[str, Tensor]] | None = None
    network.encoder.embeddings.requires_grad_(requires_grad=False)
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.memory))
    with seeded(recipe.seed) as shuffle:
        steps = step.epochs * len(list(batches(step.train, recipe.event_batch)))
        schedule = Schedule(network, recipe, step.rate, steps)
        more_trees = iter(endless(trees, recipe.event_batch, shuffle))
        for epoch in range(step.epochs):
            total = count = 0.0
            for batch in batches(step.train, recipe.event_batch, shuffle):
                loss = step.loss(network, batch, recipe.hidden_words)
                if shuffle.random() < step.tree_batches:
                    loss = loss + parse_loss(network, next(more_trees))
                schedule.step(loss)
                mean.update_parameters(network)
                total, count = total + loss.item(), count + 1
            scores = score_events(mean.module, held_back)
            report(f"{step.name} epoch {epoch + 1}/{step.epochs}: loss {total / count:.3f}, held back {scores}")
            if best is None or scores.mean > best[0]:
                best = scores.mean, {name: weight.clone() for name, weight in mean.module.state_dict().items()}
    if best is not None:
        network.load_state_dict(best[1])
