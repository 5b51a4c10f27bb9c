"""A user's folder of tables wins over the built-in ones."""

import datetime as dt
from pathlib import Path

import pytest

from service.knowledge import COLUMNS, Knowledge, TableError


def table(folder: Path, name: str, *rows: str) -> None:
    lines = ["\t".join(COLUMNS[name]), *("\t".join(row.split(";")) for row in rows)]
    (folder / f"{name}.tsv").write_text("\n".join(lines), "utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = tmp_path_factory.mktemp("own")
    table(folder, "groups", "Brigade of the Lighthouse;BotL;GBR;REB")
    table(folder, "organisations", "Nautical Anglers' Trade Office;NATO;GBR;BUS")
    table(folder, "leaders", "Sergei Lavrov;;;RUS;EDU;Professor;2000;")
    table(folder, "places", "Paris;;USA;Texas;33.66;-95.55;25000;city")
    table(folder, "ontology", "CONSULT;phone;1;04;2")
    return Knowledge.load(folder)


def test_a_name_of_ones_own_is_found(own: Knowledge) -> None:
    match = own.names.match(["BotL"], 0)
    assert match is not None
    assert (match.name.name, match.name.country, match.own) == ("Brigade of the Lighthouse", "GBR", True)


def test_a_name_of_ones_own_hides_the_built_in_one(own: Knowledge) -> None:
    match = own.names.match(["NATO"], 0)
    assert match is not None
    assert [(name.country, name.sector) for name in match.names] == [("GBR", "BUS")]


def test_ones_own_terms_replace_those_of_the_person(own: Knowledge) -> None:
    assert [(term.sector, term.start) for term in own.persons.lookup("Sergei Lavrov")] == [("EDU", dt.date(2000, 1, 1))]


def test_ones_own_place_goes_before_all_others(own: Knowledge) -> None:
    assert [place.country for place in own.places.lookup("Paris")] == ["USA"]


def test_ones_own_score_wins(own: Knowledge) -> None:
    assert own.ontology.score("CONSULT", "phone").intensity == 2
    assert own.ontology.score("CONSULT", "visit").intensity == 4


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("groups", "A;;Russia;REB", "groups.tsv:2: 'Russia' is no country code"),
        ("groups", "A;;RUS;XXX", "groups.tsv:2: 'XXX' is no sector"),
        ("groups", "A;;RUS;REB;2000-13", "groups.tsv:2: '2000-13' is no date"),
        ("groups", "A;;RUS;REB;;;;", "groups.tsv:2: 8 cells where there are 6 columns"),
        ("heads", "A B;;;RUS;GOV;King;;", "heads.tsv:2: a term needs its start"),
        ("heads", "A B;;;RUS;GOV;King;2000;1999", "heads.tsv:2: the term ends before it starts"),
        ("places", "A;;RUS;;north;0;0;city", "places.tsv:2: coordinates or population are no numbers"),
        ("places", "A;;RUS;;0;0;0;cloud", "places.tsv:2: 'cloud' is no kind of place"),
        ("ontology", "DANCE;;1;04;2", "ontology.tsv:2: no such event type or quad"),
    ],
)
def test_a_faulty_row_is_named_with_its_fault(tmp_path: Path, name: str, row: str, fault: str) -> None:
    table(tmp_path, name, row)
    with pytest.raises(TableError) as caught:
        Knowledge.load(tmp_path)
    assert fault in str(caught.value)


def test_a_table_of_an_unknown_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "grouops.tsv").write_text("name\n", "utf-8")
    with pytest.raises(TableError, match="no table of that name"):
        Knowledge.load(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="not a folder"):
        Knowledge.load(tmp_path / "nothing")


def test_words_of_ones_own_are_events_in_each_form(tmp_path: Path) -> None:
    table(tmp_path, "verbs", "blackhole;blackholes|Blackholed;COERCE;cyber", "toast;;SUPPORT;")
    verbs = Knowledge.load(tmp_path).verbs
    assert {form: (verb.type, verb.mode) for form, verb in verbs.items()} == {
        "blackhole": ("COERCE", "cyber"),
        "blackholes": ("COERCE", "cyber"),
        "blackholed": ("COERCE", "cyber"),
        "toast": ("SUPPORT", None),
    }


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("toast;;CHEER;", "'CHEER' is no event type"),
        ("toast;;SUPPORT;cyber", "'cyber' is no mode of SUPPORT"),
        ("raise a glass;;SUPPORT;", "'raise a glass' is not one word"),
    ],
)
def test_a_word_of_ones_own_that_cant_be_is_said(tmp_path: Path, row: str, fault: str) -> None:
    table(tmp_path, "verbs", row)
    with pytest.raises(TableError, match=fault):
        Knowledge.load(tmp_path)
