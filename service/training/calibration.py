"""Learns from the held-back corpus how sure the coder may be, and says how well that holds.

``python -m service.training.calibration``: writes ``reader.confidence.json`` beside the network, and prints the
expected calibration error (of a half, with weights learnt from the other) and what a least confidence keeps.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_args

import numpy as np
import numpy.typing as npt
import typer

from service.model import Article, Modality
from service.pipeline.coding import EventMention
from service.pipeline.coding.confidence import DATA, features
from service.pipeline.processing import Coder, CoderOptions
from service.training.corpus import Annotation, Sentence, find, load

Array = npt.NDArray[np.float64]
BINS = 10
STEPS, RIDGE = 50, 1.0
LEAST = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
"""Values of MIN_CONFIDENCE that are shown."""
DAY = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
"""Sentences have no day of publication; confidence does not depend on it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Features of mentions [n, f], whether each is right [n], and how many dyads are annotated."""

    values: Array
    right: Array
    wanted: int


def main(
    corpus: Annotated[Path, typer.Option(help="Annotated sentences")] = Path("seeds/corpus"),
    out: Annotated[Path, typer.Option(help="File for the weights")] = DATA,
) -> None:
    """Learn the weights of confidence and show what they are worth."""
    judged = judge(load(corpus).held_back, Coder.load(CoderOptions(modalities=get_args(Modality))))
    weights = fit(judged.values, judged.right)
    out.write_text(json.dumps({"weights": [round(float(weight), 4) for weight in weights]}) + "\n", encoding="utf-8")
    halves = np.arange(len(judged.right)) % 2 == 0
    crossed = np.empty(len(judged.right))
    for half in (halves, ~halves):
        crossed[half] = _chance(fit(judged.values[~half], judged.right[~half]), judged.values[half])
    typer.echo(f"expected calibration error {calibration_error(crossed, judged.right):.3f} of {len(crossed)} mentions")
    for low in np.arange(BINS) / BINS:
        inside = (crossed >= low) & (crossed < low + 1 / BINS)
        if inside.any():
            typer.echo(f"{low:.1f}-{low + 1 / BINS:.1f}: {judged.right[inside].mean():.2f} right of {inside.sum()}")
    for least in LEAST:
        kept = crossed >= least
        typer.echo(
            f"MIN_CONFIDENCE {least:.1f}: precision {judged.right[kept].mean():.3f}, "
            f"recall {judged.right[kept].sum() / judged.wanted:.3f}"
        )


def judge(sentences: Sequence[Sentence], coder: Coder) -> Judged:
    """Codes each sentence and says of each mention whether trigger, type, actor and recipient are as annotated."""
    values, right, wanted = [], [], 0
    for sentence in sentences:
        _, mentions = coder.explain(Article(text=sentence.text, published_at=DAY))
        wanted += sum(max(1, len(one.recipients)) * len(one.actors) for one in sentence.events)
        for mention in mentions:
            if mention.actor is not None:
                values.append(_features(mention))
                right.append(_is_right(mention, sentence))
    return Judged(np.array(values), np.array(right, dtype=np.float64), wanted)


def _features(mention: EventMention) -> tuple[float, ...]:
    reading = mention.reading
    parties = (None if one is None else one.score for one in (reading.actor, reading.recipient))
    return features(reading.type_score, reading.modality_score, *parties)


def _is_right(mention: EventMention, sentence: Sentence) -> bool:
    for one in sentence.events:
        if one.type == mention.type and find(sentence.text, one.trigger) == mention.evidence.trigger:
            return _names(sentence, one.actors, mention.evidence.actor) and _receives(mention, sentence, one)
    return False


def _receives(mention: EventMention, sentence: Sentence, one: Annotation) -> bool:
    """Whether the recipient is as annotated; where none is, one that is implied can't be judged."""
    if mention.evidence.recipient is None or not one.recipients:
        return not one.recipients
    return _names(sentence, one.recipients, mention.evidence.recipient)


def _names(sentence: Sentence, phrases: Sequence[str], span: tuple[int, int] | None) -> bool:
    found = (find(sentence.text, phrase) for phrase in phrases)
    return span is not None and any(at and at[0] < span[1] and at[1] > span[0] for at in found)


def fit(values: Array, right: Array) -> Array:
    """Weights [f] of a logistic regression, by Newton's method with a ridge."""
    weights = np.zeros(values.shape[1])
    for _ in range(STEPS):
        chance = _chance(weights, values)
        gradient = values.T @ (right - chance) - RIDGE * weights
        curvature = (values * (chance * (1 - chance))[:, None]).T @ values + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(curvature, gradient)
    return weights


def _chance(weights: Array, values: Array) -> Array:
    chance: Array = 1 / (1 + np.exp(-(values @ weights)))
    return chance


def calibration_error(chance: Array, right: Array) -> float:
    """Expected calibration error: the mean distance of chance and share of right ones over bins of equal width."""
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(chance[bins == one].sum() - right[bins == one].sum()) for one in range(BINS)) / max(1, len(right))
    )


if __name__ == "__main__":
    typer.run(main)
