"""Reading the annotated corpus."""

import datetime as dt
import json
from pathlib import Path

import pytest

from service.training.corpus import CorpusError, Document, Sentence, Unreadable, find, load, read

ROOT = Path(__file__).parents[3]
EVENT = {
    "trigger": "freed", "type": "RETREAT", "mode": "release", "modality": "actual", "actors": ["Lomé"],
    "recipients": ["two envoys"], "place": None, "date": "on Friday", "planned": None,
}  # fmt: skip
SENTENCE = {"text": "Lomé freed two envoys on Friday.", "events": [EVENT]}
DOCUMENT = {
    "published_at": "1994-05-02T08:00:00+02:00",
    "dateline": "LOMÉ, May 2",
    "paragraphs": ["On Friday Togo freed the pilots whom it had held since Easter.", "It kept a third."],
    "entities": [{"name": "Togo", "code": "TGO", "mentions": [[0, "Togo"], [1, "It"]]}],
    "events": [
        {"paragraph": 0, "trigger": "freed", "type": "RETREAT", "date": {"text": "On Friday", "day": "1994-04-29"}}
    ],
}


def write(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_a_sentence_is_read_with_its_events(tmp_path: Path) -> None:
    ((number, sentence),) = read(write(tmp_path / "a.jsonl", SENTENCE))
    assert number == 1
    assert isinstance(sentence, Sentence)
    assert sentence.events[0].actors == ("Lomé",)


def test_a_document_needs_only_what_there_is_to_say(tmp_path: Path) -> None:
    ((_, document),) = read(write(tmp_path / "a.jsonl", DOCUMENT))
    assert isinstance(document, Document)
    (event,) = document.events
    assert (event.modality, event.actors, event.planned) == ("actual", (), None)
    assert event.date is not None
    assert event.date.day == dt.date(1994, 4, 29)


def test_a_document_is_the_article_that_a_coder_reads() -> None:
    document = Document.model_validate_json(json.dumps(DOCUMENT))
    article = document.article()
    assert (
        article.text
        == "LOMÉ, May 2 - On Friday Togo freed the pilots whom it had held since Easter.\n\nIt kept a third."
    )
    assert [article.text[document.offset(n) :][:2] for n in (0, 1)] == ["On", "It"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"mood": "sour"}, "events.0.mood: Extra inputs are not permitted"),
        ({"type": "FIGHT"}, "events.0.type: Input should be"),
        ({"actors": "Lomé"}, "events.0.actors: Input should be a valid array"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_why(tmp_path: Path, change: dict[str, object], fault: str) -> None:
    path = write(tmp_path / "a.jsonl", SENTENCE, SENTENCE | {"events": [EVENT | change]})
    (_, (number, entry)) = read(path)
    assert isinstance(entry, Unreadable)
    assert (number, entry.fault[: len(fault)]) == (2, fault)
    with pytest.raises(CorpusError, match=r"a\.jsonl:2: events\.0\."):
        load(tmp_path)


def test_a_document_among_sentences_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", DOCUMENT)
    with pytest.raises(CorpusError, match=r"a\.jsonl:1: a sentence belongs here"):
        load(tmp_path)


def test_an_empty_folder_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no sentences"):
        load(tmp_path)


def test_what_is_held_back_is_kept_apart(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", SENTENCE, {"text": "It rained.", "events": []})
    write(tmp_path / "held_back/a.jsonl", {"text": "It snowed.", "events": []})
    write(tmp_path / "held_back/documents/b.jsonl", DOCUMENT)
    corpus = load(tmp_path)
    assert [sentence.text for sentence in corpus.train] == [SENTENCE["text"], "It rained."]
    assert [sentence.text for sentence in corpus.held_back] == ["It snowed."]
    assert (len(corpus.train_documents), len(corpus.held_back_documents)) == (0, 1)


@pytest.mark.parametrize(
    ("part", "span"),
    [("Rome", (0, 4)), ("Rome#2", (20, 24)), ("Rome#3", None), ("Roman", None), ("#2", None), ("No. 5", (28, 33))],
)
def test_words_are_found_whole_and_by_their_count(part: str, span: tuple[int, int] | None) -> None:
    assert find("Rome told Romeo and Rome to No. 5.", part) == span


def test_a_tenth_of_our_own_corpus_is_held_back() -> None:
    corpus = load(ROOT / "seeds/corpus")
    share = len(corpus.held_back) / (len(corpus.train) + len(corpus.held_back))
    assert 0.08 < share < 0.12
    kinds = {event.type for sentence in corpus.train for event in sentence.events}
    assert {event.type for sentence in corpus.held_back for event in sentence.events} == kinds
