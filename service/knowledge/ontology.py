"""PLOVER's event types and modes: quad class, CAMEO root and score."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from service.knowledge.tables import Tables
from service.model import EventType

Quad = Literal[1, 2, 3, 4]
TYPES: tuple[EventType, ...] = get_args(EventType)


@dataclass(frozen=True, slots=True)
class Score:
    """Quad 1-4 (verbal and material cooperation, verbal and material conflict), CAMEO root, intensity -10 to 10."""

    quad: Quad
    cameo: str
    intensity: float


class Ontology:
    def __init__(self, scores: dict[tuple[str, str], Score]) -> None:
        self._scores = scores

    @classmethod
    def load(cls, tables: Tables) -> "Ontology":
        scores: dict[tuple[str, str], Score] = {}
        for row in tables.rows("ontology"):
            kind, mode, quad, cameo, intensity = row.cells
            if kind not in TYPES or quad not in {"1", "2", "3", "4"}:
                raise row.fault("no such event type or quad")
            scores.setdefault((kind, mode), Score(cast("Quad", int(quad)), cameo, float(intensity)))
        return cls(scores)

    def score(self, kind: EventType, mode: str | None = None) -> Score:
        """The score of a mode; that of its type where the mode has none of its own."""
        return self._scores.get((kind, mode or "")) or self._scores[kind, ""]

    def modes(self, kind: EventType) -> frozenset[str]:
        """The modes of a type."""
        return frozenset(mode for known, mode in self._scores if known == kind and mode)
