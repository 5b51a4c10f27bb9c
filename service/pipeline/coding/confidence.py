"""How likely it is that a mention's type and parties are right, learnt from what the network got right and wrong."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from service.pipeline.coding.arguments import Argument
from service.pipeline.parsing import Trigger

DATA = Path(__file__).parents[1] / "parsing" / "data" / "reader.confidence.json"
"""The weights lie beside the network whose scores they weigh."""
SUREST = 0.9995
"""Scores are cut here: beyond it they tell nothing more."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression over log-odds of scores (Platt 1999): one number for each feature."""

    weights: tuple[float, ...]

    @classmethod
    def load(cls, path: Path = DATA) -> Self:
        return cls(tuple(json.loads(path.read_text("utf-8"))["weights"]))

    def confidence(self, trigger: Trigger, actor: Argument | None, recipient: Argument | None) -> float:
        """The chance, 0-1."""
        parties = (None if one is None else one.score for one in (actor, recipient))
        values = features(trigger.score, trigger.modality_score, *parties)
        return 1 / (1 + math.exp(-sum(a * b for a, b in zip(self.weights, values, strict=True))))


def features(
    trigger: float, modality: float, actor: float | None, recipient: float | None
) -> tuple[float, float, float, float, float, float, float]:
    """A constant, the log-odds of the scores, and which of the parties are missing."""
    return (
        1.0,
        _log_odds(trigger),
        _log_odds(modality),
        _log_odds(actor) if actor is not None else 0.0,
        _log_odds(recipient) if recipient is not None else 0.0,
        float(actor is None),
        float(recipient is None),
    )


def _log_odds(score: float) -> float:
    cut = min(max(score, 1 - SUREST), SUREST)
    return math.log(cut / (1 - cut))
