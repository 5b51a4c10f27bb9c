"""Coding: parsed sentences -> event mentions.

``phrases`` finds noun phrases, ``arguments`` who plays which role, ``actors`` resolves the words of a phrase,
``coreference`` a phrase in its article, ``dates`` and ``places`` say when and where, ``focus`` which country it is
about, and ``coder`` puts it together.
"""

from service.pipeline.coding.actors import resolve_phrase
from service.pipeline.coding.coder import code_mentions
from service.pipeline.coding.confidence import Calibration
from service.pipeline.coding.mentions import EventDate, EventMention

__all__ = ["Calibration", "EventDate", "EventMention", "code_mentions", "resolve_phrase"]
