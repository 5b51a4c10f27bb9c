"""Confidence that means what it says."""

import numpy as np
import pytest

from service.pipeline.coding.confidence import Calibration, features
from service.training.calibration import calibration_error, fit, judge
from service.training.corpus import Annotation, Sentence
from tests import loaded


def test_what_is_always_as_likely_as_said_has_no_error_and_what_boasts_has() -> None:
    right = np.array([1.0, 0.0] * 50)
    assert calibration_error(np.full(100, 0.5), right) == pytest.approx(0)
    assert calibration_error(np.full(100, 0.9), right) == pytest.approx(0.4)


def test_weights_are_found_again_from_what_they_made() -> None:
    draw = np.random.default_rng(1)
    values = np.column_stack([np.ones(20_000), draw.normal(size=(20_000, 2))])
    wanted = np.array([-0.5, 2.0, 0.0])
    right = (draw.random(20_000) < 1 / (1 + np.exp(-values @ wanted))).astype(float)
    assert fit(values, right) == pytest.approx(wanted, abs=0.1)


def test_the_packaged_weights_trust_a_surer_reading_more() -> None:
    weights = np.array(Calibration.load().weights)
    doubtful, sure = (1 / (1 + np.exp(-weights @ features(score, 0.9, score, score))) for score in (0.5, 0.99))
    assert 0 < doubtful < 0.7 < sure < 1


def test_a_mention_is_judged_by_its_trigger_and_its_parties() -> None:
    text = "Turkey condemned Israel on Monday."

    def annotated(actor: str) -> Sentence:
        fields = {"mode": "disapprove", "place": None, "date": "on Monday", "planned": None, "modality": "actual"}
        one = {"trigger": "condemned", "type": "ACCUSE", "actors": (actor,), "recipients": ("Israel",), **fields}
        return Sentence(text=text, events=(Annotation.model_validate(one),))

    judged = judge([annotated("Turkey"), annotated("Monday")], loaded.coder())
    assert judged.right.tolist() == [1.0, 0.0]
    assert judged.wanted == 2
