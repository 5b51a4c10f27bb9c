"""What is told of a mention to whoever asks why it was coded so."""

from service.pipeline.coding.arguments import Argument, Arguments
from service.pipeline.coding.dyads import Side
from service.pipeline.coding.mentions import PartyReading, Reading
from service.pipeline.parsing import ParsedSentence, Trigger


def reading_of(
    sentence: ParsedSentence, trigger: Trigger, arguments: Arguments, actor: Side | None, recipient: Side | None
) -> Reading:
    """The words behind a mention, and their scores."""

    def words(argument: Argument | None) -> str | None:
        return sentence.phrase(argument.first, argument.last) if argument else None

    return Reading(
        trigger=sentence.words[trigger.word],
        type_score=trigger.score,
        modality_score=trigger.modality_score,
        actor=_party(sentence, actor),
        recipient=_party(sentence, recipient),
        place=words(arguments.place),
        date=words(arguments.date),
        planned=words(arguments.planned),
    )


def _party(sentence: ParsedSentence, side: Side | None) -> PartyReading | None:
    if side is None:
        return None
    argument, party = side
    return PartyReading(
        words=sentence.phrase(argument.first, argument.last),
        stands_for=party.text,
        kind=party.resolved.kind,
        resolution=party.resolved.resolution if party.resolved.code or party.resolved.name else "none",
        score=argument.score,
    )
