import pytest

from service.pipeline.parsing import ParsedSentence, Reader, SentenceText

SENTENCE = (
    "Russian Foreign Minister Sergei Lavrov met with U.S. Secretary of State John Kerry on December 7 in Hamburg."
)


def read(reader: Reader, *texts: str) -> list[ParsedSentence]:
    return reader.read([SentenceText(text, 0) for text in texts])


def test_a_meeting_is_read_with_its_parties(reader: Reader) -> None:
    (sentence,) = read(reader, SENTENCE)
    (trigger,) = sentence.triggers
    assert (sentence.words[trigger.word], trigger.type, trigger.modality) == ("met", "CONSULT", "actual")
    assert {role for role, _ in trigger.roles.values()} == {"actor", "recipient", "place", "date"}


def test_sentences_come_back_in_order_whatever_their_length(reader: Reader) -> None:
    texts = ["Rebels fled.", SENTENCE, "No.", "The army shelled the port on Monday."]
    assert [sentence.text for sentence in read(reader, *texts)] == texts


def test_a_sentence_reads_the_same_in_any_company(reader: Reader) -> None:
    """Scales of activations are of a word, not of a batch: what stands beside a sentence is padding at most."""
    company = ("GOAL!!! 4-0", "Troops fired at protesters near the central bank in Harare, killing 3 and wounding 20.")
    (alone,) = read(reader, SENTENCE)
    among = read(reader, company[0], SENTENCE, company[1])[1]
    assert (among.heads, among.relations) == (alone.heads, alone.relations)
    for one, other in zip(alone.triggers, among.triggers, strict=True):
        assert (other.word, other.type, other.modality) == (one.word, one.type, one.modality)
        scores = {key: score for key, (_, score) in one.roles.items()}
        assert {key: score for key, (_, score) in other.roles.items()} == pytest.approx(scores, abs=0.02)


def test_offsets_point_at_the_words(reader: Reader) -> None:
    (sentence,) = read(reader, "L’armée naïve — “quoted” 日本 \x00 end.")
    assert [sentence.text[start:end] for start, end in sentence.spans] == list(sentence.words)


def test_an_overlong_sentence_is_read_in_pieces_and_loses_nothing(reader: Reader) -> None:
    text = " ".join(f"word{number}" for number in range(450))
    pieces = read(reader, text)
    assert [len(piece.words) for piece in pieces] == [200, 200, 50]
    assert all(text[piece.start : piece.start + len(piece.text)] == piece.text for piece in pieces)


def test_one_word_of_100_000_letters_is_read(reader: Reader) -> None:
    (sentence,) = read(reader, "a" * 100_000)
    assert len(sentence.words) == 1


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert read(reader) == []
    assert read(reader, " ") == []
