from pathlib import Path

import pytest

from service.knowledge import Knowledge
from service.knowledge.placefile import Compiled, PlaceFile, write
from service.pipeline.parsing.words import word_spans


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Hamburg", "DEU", 53.55, 9.99),
        ("Aleppo", "SYR", 36.20, 37.16),
        ("Paris", "FRA", 48.85, 2.35),
        ("São Paulo", "BRA", -23.55, -46.64),
        ("Sao Paulo", "BRA", -23.55, -46.64),
        ("Bombay", "IND", 19.07, 72.88),
        ("Saigon", "VNM", 10.82, 106.63),
        ("Pristina", "KOS", 42.67, 21.17),
        ("Kiev", "UKR", 50.45, 30.52),
        ("Deir al-Zor", "SYR", 35.34, 40.14),
        ("Helmand", "AFG", 31.0, 64.0),
        ("Nagorno-Karabakh", "AZE", 39.82, 46.75),
        ("Yarmouk camp", "SYR", 33.47, 36.30),
        ("Donbass", "UKR", 48.3, 38.2),
    ],
)
def test_a_well_known_name_gives_the_well_known_place(
    knowledge: Knowledge, name: str, country: str, latitude: float, longitude: float
) -> None:
    place = knowledge.places.lookup(name)[0]
    assert place.country == country
    assert place.latitude == pytest.approx(latitude, abs=0.02)
    assert place.longitude == pytest.approx(longitude, abs=0.02)


def test_namesakes_come_by_population(knowledge: Knowledge) -> None:
    cities = [place for place in knowledge.places.lookup("London") if place.kind != "admin1" and not place.alternate]
    assert cities[0].country == "GBR"
    assert {"GBR", "CAN"} <= {place.country for place in cities}
    assert [place.population for place in cities] == sorted((place.population for place in cities), reverse=True)


def test_a_town_knows_its_division_and_geonames_id(knowledge: Knowledge) -> None:
    mosul = knowledge.places.lookup("Mosul")[0]
    assert (mosul.country, mosul.geonames_id) == ("IRQ", 99072)
    assert mosul.admin1 is not None


def test_a_town_by_its_other_name_is_the_compiled_town(knowledge: Knowledge) -> None:
    kyiv, kiev = knowledge.places.lookup("Kyiv")[0], knowledge.places.lookup("Kiev")[0]
    assert (kyiv.geonames_id, kiev.geonames_id) == (703448, 703448)
    assert not kyiv.alternate
    assert kiev.alternate


def test_a_sea_lies_in_no_country(knowledge: Knowledge) -> None:
    sea = knowledge.places.lookup("Red Sea")[0]
    assert (sea.country, sea.kind) == (None, "sea")


def test_an_unknown_place_is_none(knowledge: Knowledge) -> None:
    assert not knowledge.places.lookup("Nowhereville under Nothing")


def test_the_longest_place_name_wins_and_needs_a_capital(knowledge: Knowledge) -> None:
    text = "near New York City and reading"
    words = [text[start:end] for start, end in word_spans(text)]
    match = knowledge.places.match(words, 1)
    assert match is not None
    assert (match.start, match.end) == (1, 4)
    assert knowledge.places.match(words, 5) is None


def test_what_is_written_to_a_place_file_is_found_again(tmp_path: Path) -> None:
    town = Compiled(("Ábel", "HUN", "Pest", 47.5, 19.25, 1200, 77, "city"), ("abel",), ("old abel",))
    sea = Compiled(("Wide Sea", None, None, -1.5, -170.0, 0, None, "sea"), ("wide sea",))
    path = tmp_path / "places.bin"
    write(path, [town, sea])
    places = PlaceFile.open(path)
    assert len(places) == 2
    assert list(places.find("abel")) == [(town.fields, False)]
    assert list(places.find("old abel")) == [(town.fields, True)]
    assert list(places.find("wide sea")) == [(sea.fields, False)]
    assert list(places.find("lake")) == []


def test_the_same_places_give_the_same_file(tmp_path: Path) -> None:
    places = [Compiled((name, "HUN", None, 1.0, 2.0, 3, 4, "city"), (name.lower(),)) for name in ("A", "B", "C")]
    write(tmp_path / "one", places)
    write(tmp_path / "two", places)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "places.bin").write_bytes(b"something else altogether")
    with pytest.raises(ValueError, match="no compiled table"):
        PlaceFile.open(tmp_path / "places.bin")
