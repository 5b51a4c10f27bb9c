"""How the other words of a sentence lie to a trigger, on a tree that is certain and on one that is not."""

import numpy as np
import pytest

from service.pipeline.parsing.paths import PATHS, paths

# "The minister, who accused Greece, met officials from Oslo today": heads of 0 minister, 1 accused, 2 Greece, 3 met ...
WORDS = ("minister", "accused", "Greece", "met", "officials", "Oslo", "today")
HEADS = {"minister": "met", "accused": "minister", "Greece": "accused", "officials": "met", "Oslo": "officials"}
HEADS["today"] = "met"


def ways(trigger: str, heads: np.ndarray) -> dict[str, dict[str, float]]:
    """For each path the words that lie so, with their probability."""
    at = WORDS.index(trigger)
    found = paths(heads, heads[at][:, None], heads[:, at][:, None])
    return {
        path: {word: float(share) for word, share in zip(WORDS, column[:, 0], strict=True) if share}
        for path, column in zip(PATHS, found, strict=True)
    }


def certain() -> np.ndarray:
    heads = np.zeros((len(WORDS), len(WORDS)))
    for word, head in HEADS.items():
        heads[WORDS.index(word), WORDS.index(head)] = 1
    return heads


def test_what_hangs_on_the_trigger_is_told_from_what_hangs_deeper() -> None:
    found = ways("met", certain())
    assert set(found["child"]) == {"minister", "officials", "today"}
    assert set(found["grandchild"]) == {"accused", "Oslo"}
    assert set(found["great-grandchild"]) == {"Greece"}
    assert not found["head"]


def test_a_verb_of_a_relative_clause_knows_whom_it_is_said_of() -> None:
    found = ways("accused", certain())
    assert set(found["child"]) == {"Greece"}
    assert set(found["head"]) == {"minister"}
    assert set(found["head of head"]) == {"met"}
    assert set(found["sibling of head"]) == {"minister", "officials", "today"}


def test_siblings_and_their_children() -> None:
    found = ways("minister", certain())
    assert set(found["sibling"]) == {"minister", "officials", "today"}
    assert set(found["nephew"]) == {"accused", "Oslo"}


def test_doubt_about_a_head_is_shared_out() -> None:
    heads = certain()
    oslo = WORDS.index("Oslo")
    heads[oslo] *= 0.75
    heads[oslo, WORDS.index("met")] = 0.25
    found = ways("met", heads)
    assert found["child"]["Oslo"] == pytest.approx(0.25)
    assert found["grandchild"]["Oslo"] == pytest.approx(0.75)
