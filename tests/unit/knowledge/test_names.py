import datetime as dt
from itertools import pairwise

import pytest

from service.knowledge import Knowledge, NameMatch
from service.knowledge.loading import NAME_TABLES
from service.knowledge.tables import Tables, listed
from service.pipeline.parsing.words import word_spans


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in word_spans(text)]


def first(knowledge: Knowledge, text: str) -> NameMatch:
    match = knowledge.names.match(words(text), 0)
    assert match is not None, text
    return match


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("Russia", "RUS", None),
        ("Russian", "RUS", None),
        ("Russians", "RUS", None),
        ("U.S.", "USA", None),
        ("US", "USA", None),
        ("Moscow", "RUS", "GOV"),
        ("the Kremlin", "RUS", "GOV"),
        ("Élysée", "FRA", "GOV"),
        ("Elysee Palace", "FRA", "GOV"),
        ("Côte d’Ivoire", "CIV", None),
        ("Bosnia-Herzegovina", "BIH", None),
        ("St. Lucia", "LCA", None),
        ("Kosovo", "KOS", None),
        ("Abkhazia", "GEO", "PRE"),
        ("Soviet", "SUN", None),
        ("Pentagon", "USA", "MIL"),
        ("NATO", "IGO", None),
        ("United Nations", "UNO", None),
        ("gunmen", None, "UAF"),
        ("rebels", None, "REB"),
        ("foreign ministers", None, "GOV"),
    ],
)
def test_a_name_has_its_code(knowledge: Knowledge, text: str, country: str | None, sector: str | None) -> None:
    match = first(knowledge, text)
    assert match.end == len(words(text))
    assert (match.name.country, match.name.sector) == (country, sector)


@pytest.mark.parametrize("text", ["us", "turkey", "is", "china", "who"])
def test_a_word_in_small_letters_is_no_proper_name(knowledge: Knowledge, text: str) -> None:
    assert knowledge.names.match([text], 0) is None


def test_the_longest_name_wins(knowledge: Knowledge) -> None:
    assert first(knowledge, "Democratic Republic of the Congo's army").end == 5
    assert first(knowledge, "South Sudanese rebels").name.country == "SSD"


def test_a_name_ends_before_its_possessive(knowledge: Knowledge) -> None:
    match = first(knowledge, "Turkey's president")
    assert (match.start, match.end) == (0, 1)


@pytest.mark.parametrize("text", ["Daesh", "Da'esh", "Da’esh", "ISIS", "Islamic State", "the Islamic State group"])
def test_the_spellings_of_a_name_name_the_same(knowledge: Knowledge, text: str) -> None:
    matches = knowledge.names.matches(words(text))
    assert [match.name.name for match in matches if match.name.kind == "group"] == ["Islamic State"]


def test_a_code_may_hang_on_the_day(knowledge: Knowledge) -> None:
    taliban, moscow = first(knowledge, "Taliban"), first(knowledge, "Moscow")
    assert [name.sector for name in taliban.on(dt.date(2010, 1, 1))] == ["REB"]
    assert [name.sector for name in taliban.on(dt.date(2023, 1, 1))] == ["GOV"]
    assert moscow.on(dt.date(1985, 1, 1))[0].country == "SUN"
    assert moscow.on(dt.date(2015, 1, 1))[0].country == "RUS"


def test_all_names_of_a_sentence_are_found_from_left_to_right(knowledge: Knowledge) -> None:
    found = knowledge.names.matches(words("Syrian rebels and Turkey's police met John Kerry in London."))
    assert [match.name.kind for match in found] == ["demonym", "agent", "country", "agent", "person", "capital"]
    assert all(one.end <= next_one.start for one, next_one in pairwise(found))


def test_every_name_is_found_by_its_own_words(knowledge: Knowledge) -> None:
    for career in knowledge.persons:
        names = [name.name for name in first(knowledge, career.person).names]
        assert career.person in names


def test_every_name_of_the_tables_is_found_whole(knowledge: Knowledge) -> None:
    forms = [
        form
        for table, _ in NAME_TABLES
        for row in Tables().rows(table)
        for form in [row.cells[0], *listed(row.cells[1])]
    ]
    lost = [form for form in forms if not is_found_whole(knowledge, words(form))]
    assert lost == []


def is_found_whole(knowledge: Knowledge, name: list[str]) -> bool:
    match = knowledge.names.match(name, 0)
    return match is not None and match.end >= len(name) - (name[-1] in {".", "!"})
