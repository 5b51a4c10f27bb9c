"""What the accuracy figures share."""

import re
from collections import Counter
from dataclasses import dataclass

STOP_WORDS = frozenset("the of and a an in on to for its his her their at by from s".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on one set of ``n`` rows."""

    of: str
    measure: str
    value: float
    n: int


def content_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - STOP_WORDS


def f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 0.0


def macro_f1(right: Counter[str], found: Counter[str], wanted: Counter[str], least: int = 1) -> float:
    """Mean F1 over the labels that are wanted at least so often."""
    labels = [label for label, count in wanted.items() if count >= least]
    return sum(f1(right[label], found[label], wanted[label]) for label in labels) / max(1, len(labels))
