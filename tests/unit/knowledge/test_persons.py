import datetime as dt

import pytest

from service.knowledge import Knowledge


@pytest.mark.parametrize(
    ("person", "day", "country", "sector"),
    [
        ("Bashar al-Assad", "2016-12-08", "SYR", "GOV"),
        ("Bashar Assad", "2016-12-08", "SYR", "GOV"),
        ("Bashar al-Assad", "2025-01-01", "SYR", "ELI"),
        ("Sergey Lavrov", "2016-12-08", "RUS", "GOV"),
        ("John Kerry", "2016-12-08", "USA", "GOV"),
        ("John Kerry", "2010-01-01", "USA", "LEG"),
        ("John Kerry", "2020-01-01", "USA", "ELI"),
        ("Vladimir Putin", "1998-01-01", None, None),
        ("Mikhail Gorbachev", "1988-06-01", "SUN", "GOV"),
        ("Mikhail Gorbachev", "1995-06-01", "RUS", "ELI"),
        ("George Bush", "1990-06-01", "USA", "GOV"),
        ("George Bush", "2005-06-01", "USA", "GOV"),
        ("Nelson Mandela", "1995-06-01", "ZAF", "GOV"),
        ("Ban Ki-moon", "2010-06-01", "UNO", None),
        ("Kofi Annan", "2012-06-01", "GHA", "ELI"),
        ("Aung San Suu Kyi", "2018-06-01", "MMR", "GOV"),
        ("Augusto Pinochet", "2000-06-01", "CHL", "ELI"),
    ],
)
def test_a_person_is_what_he_was_on_that_day(
    knowledge: Knowledge, person: str, day: str, country: str | None, sector: str | None
) -> None:
    standing = knowledge.persons.on(person, dt.date.fromisoformat(day))
    assert standing is not None
    assert (standing.country, standing.sector) == (country, sector)


def test_an_unknown_person_has_no_standing(knowledge: Knowledge) -> None:
    assert knowledge.persons.on("Nobody Inparticular", dt.date(2000, 1, 1)) is None
    assert not knowledge.persons.lookup("Nobody Inparticular")


def test_a_surname_gives_those_in_office_on_that_day(knowledge: Knowledge) -> None:
    assert [holder.person for holder in knowledge.persons.holders("Assad", dt.date(2016, 1, 1))] == ["Bashar al-Assad"]
    assert [holder.person for holder in knowledge.persons.holders("al-Assad", dt.date(2016, 1, 1))] == [
        "Bashar al-Assad"
    ]
    assert not knowledge.persons.holders("Kerry", dt.date(2020, 1, 1))


def test_of_one_surname_the_head_of_state_is_meant(knowledge: Knowledge) -> None:
    assert [holder.person for holder in knowledge.persons.holders("Bashir", dt.date(2010, 1, 1))] == ["Omar al-Bashir"]
    assert [holder.person for holder in knowledge.persons.holders("Bush", dt.date(2003, 1, 1))] == ["George W. Bush"]
    assert [holder.person for holder in knowledge.persons.holders("Kim", dt.date(2017, 1, 1))] == ["Kim Jong-un"]


def test_terms_come_in_order_of_their_start(knowledge: Knowledge) -> None:
    starts = [term.start for term in knowledge.persons.lookup("Vladimir Putin")]
    assert starts == sorted(starts)
    assert len(starts) >= 4


@pytest.mark.parametrize("name", ["S.R. Nathan", "S. R. Nathan", "SR Nathan"])
def test_initials_stand_with_blanks_or_without(knowledge: Knowledge, name: str) -> None:
    standing = knowledge.persons.on(name, dt.date(2005, 6, 1))
    assert standing is not None
    assert (standing.country, standing.sector) == ("SGP", "GOV")
