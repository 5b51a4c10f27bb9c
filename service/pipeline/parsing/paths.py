"""How two words lie in the tree, as the network's head scores see it: softly, before one tree is chosen.

The parties of an event hang on its trigger, on what the trigger hangs on, or beside it. Scores of roles that know these
paths don't give the object of a relative clause to the main verb.
"""

from typing import Protocol, Self, TypeVar

PATHS = ("child", "grandchild", "great-grandchild", "head", "head of head", "sibling", "sibling of head", "nephew")
"""What the other word is to the trigger."""


class Matrix(Protocol):
    """What numpy arrays and torch tensors share."""

    def __matmul__(self, other: Self, /) -> Self: ...
    def swapaxes(self, first: int, second: int, /) -> Self: ...


M = TypeVar("M", bound=Matrix)


def paths(heads: M, up: M, down: M) -> tuple[M, ...]:
    """Of each word, how likely it is what ``PATHS`` names to the trigger: each [..., n, 1].

    Args:
        heads: [..., n, n], the probability that the column is the head of the row; nothing for the root's column.
        up: [..., n, 1], the trigger's row of it as a column.
        down: [..., n, 1], the trigger's column of it.
    """
    grandchild = heads @ down
    head_of_head = heads.swapaxes(-1, -2) @ up
    sibling = heads @ up
    return down, grandchild, heads @ grandchild, up, head_of_head, sibling, heads @ head_of_head, heads @ sibling
