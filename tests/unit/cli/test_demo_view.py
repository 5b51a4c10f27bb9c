"""Events on the screen."""

import pytest

from service.cli.demo_view import EventView
from tests.events import an_event


def test_each_event_has_its_line_once_and_another_when_it_is_corroborated(capsys: pytest.CaptureFixture[str]) -> None:
    with EventView() as view:
        view.event(an_event())
        view.event(an_event())  # sent again after a crash
        view.update(an_event(revision=2, articles=2, sources=("Daily", "Weekly")))
        view.update(an_event(revision=2, articles=2, sources=("Daily", "Weekly")))
    first, second = (" ".join(line.split()) for line in capsys.readouterr().out.splitlines())
    meeting = "2016-12-07 CONSULT/visit RUSGOV (Sergei Lavrov) -> USAGOV (John Kerry) Hamburg, DEU"
    assert first.startswith(meeting)
    assert second == f"{meeting} Daily, Weekly (now 2 articles)"


def test_an_update_of_an_event_that_was_not_shown_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    with EventView() as view:
        view.update(an_event(revision=2, articles=2))
    assert not capsys.readouterr().out
