"""The sentences of annotated documents."""

import json

from service.training.corpus import Document
from service.training.document_sentences import sentences

DOCUMENT = Document.model_validate_json(
    json.dumps(
        {
            "published_at": "1994-05-02T08:00:00+02:00",
            "dateline": "LOMÉ, May 2",
            "paragraphs": [
                "Togo freed two pilots on Friday. Ghana, which had asked Togo for it, freed a cook.",
                "It was raining. The release pleased Accra.",
            ],
            "entities": [{"name": "Togo", "code": "TGO", "mentions": [[0, "Togo"], [0, "Togo#2"]]}],
            "events": [
                {
                    "paragraph": 0,
                    "trigger": "freed",
                    "type": "RETREAT",
                    "mode": "release",
                    "actors": ["Togo"],
                    "recipients": ["two pilots"],
                    "date": {"text": "on Friday", "day": "1994-04-29"},
                    "again": [[1, "release"]],
                },
                {"paragraph": 0, "trigger": "asked", "type": "REQUEST", "actors": ["Ghana"], "recipients": ["Togo#2"]},
                {"paragraph": 0, "trigger": "freed#2", "type": "RETREAT", "actors": ["Ghana"]},
            ],
        }
    )
)


def test_each_sentence_has_the_acts_whose_triggers_it_has() -> None:
    found = {sentence.text: [event.trigger for event in sentence.events] for sentence in sentences(DOCUMENT)}
    assert found["Togo freed two pilots on Friday."] == ["freed#1"]
    assert found["Ghana, which had asked Togo for it, freed a cook."] == ["asked#1", "freed#1"]
    assert found["It was raining."] == []


def test_words_are_counted_in_the_sentence() -> None:
    asked = next(event for sentence in sentences(DOCUMENT) for event in sentence.events if event.trigger == "asked#1")
    assert asked.actors == ("Ghana#1",)
    assert asked.recipients == ("Togo#1",)


def test_parties_places_and_dates_stand_as_they_are_annotated() -> None:
    (freed,) = next(iter(sentences(DOCUMENT))).events
    assert (freed.type, freed.mode, freed.recipients, freed.date) == (
        "RETREAT",
        "release",
        ("two pilots#1",),
        "on Friday#1",
    )


def test_an_act_told_again_leaves_its_sentence_out() -> None:
    assert not [sentence for sentence in sentences(DOCUMENT) if "release" in sentence.text]
