"""The sentences of annotated documents, in the form of annotated sentences: more to learn from, as news has it."""

from collections.abc import Iterator

from service.model import Span
from service.pipeline.parsing.sentences import split_sentences
from service.training.corpus import Annotation, Document, DocumentEvent, Sentence, find


def sentences(document: Document) -> Iterator[Sentence]:
    """The sentences in their order, with the acts whose trigger they have and the parties, places and dates in them.

    Sentences with an act that is told again are left out: who did it there is not annotated.
    """
    for number, text in enumerate(document.paragraphs):
        events = [event for event in document.events if event.paragraph == number]
        again = [
            find(text, words) for event in document.events for paragraph, words in event.again if paragraph == number
        ]
        for span in split_sentences(text):
            if not any(_within(told, span) for told in again):
                yield Sentence(
                    text=text[slice(*span)],
                    events=tuple(
                        _annotation(text, span, event) for event in events if _within(find(text, event.trigger), span)
                    ),
                )


def _annotation(text: str, span: Span, event: DocumentEvent) -> Annotation:
    def here(words: str | None) -> str | None:
        return _counted(text, span, find(text, words)) if words else None

    return Annotation(
        trigger=here(event.trigger) or event.trigger,
        type=event.type,
        mode=event.mode,
        modality=event.modality,
        actors=tuple(filter(None, map(here, event.actors))),
        recipients=tuple(filter(None, map(here, event.recipients))),
        place=here(event.place.text if event.place else None),
        date=here(event.date.text if event.date else None),
        planned=here(event.planned.text if event.planned else None),
    )


def _counted(text: str, span: Span, found: Span | None) -> str | None:
    """The words as the sentence's annotation quotes them; None where they are not in it."""
    if not _within(found, span) or found is None:
        return None
    sentence, words = text[slice(*span)], text[slice(*found)]
    at = (found[0] - span[0], found[1] - span[0])
    return next(
        (part for count in range(1, 99) if find(sentence, part := f"{words}#{count}") == at),
        None,
    )


def _within(found: Span | None, span: Span) -> bool:
    return found is not None and span[0] <= found[0] and found[1] <= span[1]
