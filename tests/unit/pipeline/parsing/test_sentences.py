import pytest

from service.pipeline.parsing import find_dateline, split_article, split_sentences
from tests.unit.pipeline.conftest import article


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert sentences("Talks failed. Fighting went on.") == ["Talks failed.", "Fighting went on."]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Musa Abdi spoke.",
        "The U.S. Senate voted.",
        "George W. Hale left.",
        "They met on Dec. 7 in Lima.",
        "It costs 3.5 million.",
        "Mr. Okello vs. Mrs. Tan was heard.",
    ],
)
def test_a_full_stop_in_an_abbreviation_ends_nothing(text: str) -> None:
    assert sentences(text) == [text]


def test_an_abbreviation_may_end_a_sentence() -> None:
    assert sentences("He flew to the U.S. The talks failed.") == ["He flew to the U.S.", "The talks failed."]


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    text = '"We will not go." He left.'
    assert sentences(text) == ['"We will not go."', "He left."]


def test_a_line_is_a_sentence_of_its_own_even_without_a_full_stop() -> None:
    assert sentences("Troops enter the capital\nThe army moved in at dawn.") == [
        "Troops enter the capital",
        "The army moved in at dawn.",
    ]


def test_a_hard_wrapped_line_goes_on() -> None:
    text = "The president of the republic told a crowd in the north that he\nwould sign the treaty."
    assert sentences(text) == [text]


def test_no_character_but_blanks_is_lost() -> None:
    text = "One.  Two!\n\n\tThree? «Four.» \x00 five … Six"
    joined = "".join(sentences(text))
    assert [letter for letter in text if letter.strip()] == [letter for letter in joined if letter.strip()]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("HAMBURG, Germany (AP) -- Ministers met.", "HAMBURG, Germany"),
        ("NAIROBI — Police fired tear gas.", "NAIROBI"),
        ("Harare (Reuters) - Teachers went on strike.", "Harare"),
        ("BEIRUT, Dec 7 (AFP) - Shells fell.", "BEIRUT"),
        ("LIMA, April 3, 1992 (IPS) - Teachers marched.", "LIMA"),
        ("JAKARTA, May 13, 1998 (AP) _ Troops left.", "JAKARTA"),
    ],
)
def test_a_dateline_is_taken_off_and_tells_a_place(text: str, place: str) -> None:
    dateline = find_dateline(text)
    assert dateline is not None
    assert dateline.place == place
    assert split_article(article(text))[0].start == dateline.end


@pytest.mark.parametrize("text", ["Police fired tear gas.", "NATO troops left.", "Warning: roads are closed."])
def test_a_sentence_without_a_dateline_has_none(text: str) -> None:
    assert find_dateline(text) is None


def test_the_title_is_read_unless_the_text_repeats_it() -> None:
    own = split_article(article("The army took the port.", title="Port falls"))
    assert [(sentence.text, sentence.part) for sentence in own] == [
        ("Port falls", "title"),
        ("The army took the port.", "text"),
    ]
    repeated = split_article(article("Port falls. The army took it.", title="Port Falls"))
    assert {sentence.part for sentence in repeated} == {"text"}
