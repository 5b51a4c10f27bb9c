"""A narrower table of relations names the same relations."""

import numpy as np
import numpy.typing as npt
import pytest

from service.training.narrowing import narrowed

LABELS, WIDTH, USED = 7, 12, 4
Array = npt.NDArray[np.float64]


@pytest.fixture
def sides() -> tuple[Array, Array]:
    """Vectors of words that lie in few directions of many."""
    draw = np.random.default_rng(0)
    return tuple(draw.normal(size=(500, USED)) @ draw.normal(size=(USED, WIDTH)) for _ in "dh")  # type: ignore[return-value]


def best(table: Array, dependants: Array, heads: Array) -> list[int]:
    scores: Array = np.einsum("nr,lrs,ns->nl", dependants, table, heads)
    return [int(label) for label in scores.argmax(1)]


def test_directions_that_no_word_has_are_left_out_at_no_cost(sides: tuple[Array, Array]) -> None:
    table = np.random.default_rng(1).normal(size=(LABELS, WIDTH, WIDTH))
    small, of_dependant, of_head = narrowed(table, *sides, USED)
    assert small.shape == (LABELS, USED, USED)
    assert best(small, sides[0] @ of_dependant, sides[1] @ of_head) == best(table, *sides)


def test_of_too_few_directions_those_stay_that_decide(sides: tuple[Array, Array]) -> None:
    table = np.random.default_rng(1).normal(size=(LABELS, WIDTH, WIDTH))
    wanted = best(table, *sides)

    def right(rank: int) -> float:
        small, of_dependant, of_head = narrowed(table, *sides, rank)
        found = best(small, sides[0] @ of_dependant, sides[1] @ of_head)
        return sum(a == b for a, b in zip(found, wanted, strict=True)) / len(wanted)

    assert 1 / LABELS < right(1) < right(USED - 1) < right(USED) == 1
