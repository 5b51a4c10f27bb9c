import pytest

from service.knowledge import Knowledge, Spellings, plural
from service.knowledge.ontology import TYPES

SPELLINGS = Spellings({"Mohamed": "Mohammed"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élysée", "Elysee"),
        ("Łódź", "Lodz"),
        ("U.S.", "US"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi"),
        ("as-Sisi", "Al Sisi"),
        ("St. Petersburg", "St Petersburg"),
        ("Mohamed Morsi", "Mohammed Morsi"),
        ("Côte d'Ivoire", "Cote d’Ivoire"),
        ("Türkiye", "Turkiye"),
    ],
)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert SPELLINGS.normalise(one) == SPELLINGS.normalise(other)


@pytest.mark.parametrize(
    ("singular", "many"),
    [
        ("gunman", "gunmen"),
        ("policewoman", "policewomen"),
        ("secretary of state", "secretaries of state"),
        ("secretary general", "secretaries general"),
        ("foreign minister", "foreign ministers"),
        ("troops", "troops"),
        ("police", "police"),
        ("deputy", "deputies"),
        ("witness", "witnesses"),
        ("envoy", "envoys"),
        ("coach", "coaches"),
        ("commander in chief", "commanders in chief"),
    ],
)
def test_a_title_has_its_plural(singular: str, many: str) -> None:
    assert plural(singular) == many


def test_each_type_has_a_score_and_a_mode_without_one_takes_it(knowledge: Knowledge) -> None:
    for kind in TYPES:
        score = knowledge.ontology.score(kind)
        assert -10 <= score.intensity <= 10
        assert knowledge.ontology.score(kind, "no such mode") == score
    assert knowledge.ontology.score("SANCTION").quad == 4
    assert knowledge.ontology.score("ACCUSE", "investigate").cameo == "09"
    assert knowledge.ontology.score("ACCUSE").intensity == -3
    assert knowledge.ontology.score("CONSULT", "visit").intensity == 4
