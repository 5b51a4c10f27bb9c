"""The scorer itself: it must find what is right and what is wrong."""

from typing import Any

from service.model import Actor, Article, ArticleReference, CoderInfo, Event, Evidence, Place
from tests.golden.score_seed import GOLDEN, Golden, Must, Party, score

MUST = Golden.model_validate_json(GOLDEN.read_text(encoding="utf-8")).must
ARTICLE = Article(text="x", published_at="2016-12-08T00:00:00Z")


def party(pattern: Party) -> Actor | None:
    if pattern.code is None:
        return None if pattern.none else Actor(text="six Western powers")
    code = pattern.code.split("|")[0]
    return Actor(text="they", code=code, country=code[:3])


def as_wanted(row: Must, **changes: Any) -> Event:
    """An event that is right in every column of the row."""
    trigger = "denounced" if row.mode == ("disapprove",) else "acted"
    fields: dict[str, Any] = {
        "event_id": "1",
        "identity": "i",
        "date": row.date[0],
        "date_precision": row.date_precision,
        "date_basis": row.date_basis or "stated",
        "type": row.type[0],
        "mode": row.mode[0] if row.mode else None,
        "quad": 1,
        "cameo": "04",
        "intensity": 0,
        "modality": row.modality[0],
        "actor": party(row.actor),
        "recipient": party(row.recipient),
        "location": Place(text=row.place[0], name=row.place[0]) if row.place[0] else None,
        "evidence": [Evidence(sentence=f"{trigger} in Hamburg", start=5, end=30, trigger=(5, 5 + len(trigger)))],
        "confidence": 0.5,
        "article": ArticleReference.of(ARTICLE),
        "coder": CoderInfo(version="1", network="n"),
    }
    return Event(**{**fields, **changes})


def test_what_is_right_in_every_column_is_hit_and_violates_nothing() -> None:
    result = score([as_wanted(row) for row in MUST])
    assert (len(result.hit), len(result.exact), result.violations) == (26, 26, ())


def test_a_meeting_is_the_same_whichever_side_comes_first() -> None:
    meeting = as_wanted(MUST[22])
    turned = meeting.model_copy(update={"actor": meeting.recipient, "recipient": meeting.actor})
    assert [row.row for row in score([turned]).exact] == [23]


def test_a_wrong_place_misses_and_a_wrong_mode_is_not_exact() -> None:
    assert not score([as_wanted(MUST[22], location=None)]).hit
    result = score([as_wanted(MUST[0], mode="assist")])
    assert (len(result.hit), len(result.exact)) == (1, 0)


def test_a_place_as_a_party_of_the_meeting_is_a_violation() -> None:
    (violation,) = score([as_wanted(MUST[22], recipient=Actor(text="Germany", code="DEU"))]).violations
    assert "a place as a party" in violation


def test_five_of_the_six_countries_are_a_violation() -> None:
    without_canada = [as_wanted(row) for row in MUST[6:18] if row.actor.code != "CAN|CANGOV"]
    assert [violation.split(": ")[-1] for violation in score(without_canada).violations] == [
        "against SYRGOV, CAN missing",
        "against RUS, CAN missing",
    ]


def test_no_events_hit_nothing_and_violate_nothing() -> None:
    result = score([])
    assert (result.hit, len(result.missed), result.violations) == ((), 26, ())
