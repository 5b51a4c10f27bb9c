"""Reading: an article's text -> parsed sentences.

``datelines`` takes off where the report was filed, ``sentences`` finds the sentences, ``words`` the words, ``network``
runs the packaged network over a batch of sentences, ``decoding`` turns its scores into trees and triggers, ``trees`` is
the grammar that coding asks for, and ``reader`` puts it together.
"""

from service.pipeline.parsing.datelines import Dateline, find_dateline
from service.pipeline.parsing.reader import Reader
from service.pipeline.parsing.sentences import SentenceText, split_article, split_sentences
from service.pipeline.parsing.trees import ParsedSentence, Role, Trigger

__all__ = [
    "Dateline",
    "ParsedSentence",
    "Reader",
    "Role",
    "SentenceText",
    "Trigger",
    "find_dateline",
    "split_article",
    "split_sentences",
]
