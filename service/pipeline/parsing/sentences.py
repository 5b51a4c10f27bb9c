"""Sentence boundaries in news text: offsets are code points of the article's text, and no character is lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.model import Article
from service.pipeline.parsing.datelines import find_dateline

MAX_WORDS = 200
"""Longer sentences are cut into pieces of so many words for the network, not in the text."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9À-ÖØ-Þ])")
_BLANK_LINE = re.compile(r"[ \t\r]*\n(?:[ \t\r]*\n)+")
_TITLES = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt cmdr adm brig maj sen rep gov st mt ft hon rev fr sr jr pres messrs supt "
    "insp cpl pvt cllr amb atty dep asst".split()
)
_NEVER_LAST = _TITLES | frozenset("no nos vs art sec fig vol e.g i.e approx".split())
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_OPENERS = frozenset(
    "the a an he she it they we i in on at but and this that these those his her its their after as while when if for "
    "from by with there however meanwhile officials police earlier later also no not some many most other".split()
)
"""Words that begin a sentence more often than they go on after ``U.S.``."""


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A sentence of the article: ``text`` begins at code point ``start`` of the article's text or title."""

    text: str
    start: int
    part: Literal["text", "title"] = "text"


def split_article(article: Article) -> list[SentenceText]:
    """The sentences of text and title; the title only when the text does not repeat it."""
    dateline = find_dateline(article.text)
    begin = dateline.end if dateline else 0
    sentences = [SentenceText(article.text[a:b], a) for a, b in split_sentences(article.text, begin)]
    title = (article.title or "").strip()
    if title and " ".join(title.split()).casefold() not in " ".join(article.text.split()).casefold():
        sentences.insert(0, SentenceText(title, (article.title or "").index(title), "title"))
    return sentences


def split_sentences(text: str, position: int = 0) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences of ``text`` from ``position`` on, without the blanks around them."""
    spans = []
    for begin, end in _paragraphs(text, position):
        for a, b in _sentences(text, begin, end):
            stripped = text[a:b].strip()
            if stripped:
                start = a + text[a:b].index(stripped)
                spans.append((start, start + len(stripped)))
    return spans


def _paragraphs(text: str, position: int) -> Iterator[tuple[int, int]]:
    """Blocks between blank lines; a line is a block of its own unless it breaks off, as hard-wrapped lines do."""
    for blank in [*_BLANK_LINE.finditer(text, position), None]:
        end = blank.start() if blank else len(text)
        start = position
        for newline in re.finditer(r"\n", text[position:end]):
            at = position + newline.start()
            if not _wraps(text[start:at], text[at + 1 : end]):
                yield start, at
                start = at + 1
        yield start, end
        position = blank.end() if blank else end


def _wraps(before: str, after: str) -> bool:
    """Whether the sentence goes on over this line break."""
    line = before.rsplit("\n", 1)[-1].rstrip()
    following = after.lstrip()
    if not line or not following or line[-1] in '.!?…:"”’»':
        return False
    following_is_low = following[0].islower()
    return following_is_low or 55 <= len(line) <= 100  # noqa: PLR2004 - the widths at which text is hard-wrapped


def _sentences(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = begin
    for match in _END.finditer(text, begin, end):
        if _is_boundary(text[start : match.end()], text[match.end() : match.end() + 40]):
            yield start, match.end()
            start = match.end()
    yield start, end


def _is_boundary(sentence: str, after: str) -> bool:
    """Whether the full stop that ends ``sentence`` ends it, or belongs to an abbreviation."""
    if not sentence.endswith("."):
        return True
    tail = sentence[-24:].split()
    last = tail[-1].lstrip("\"'“‘(").rstrip(".") if tail else ""
    following = after.split(maxsplit=1)[0].strip("\"'“‘(,") if after.split() else ""
    if last.casefold() in _NEVER_LAST:
        return False
    if last.casefold() in _MONTHS:
        return not following[:1].isdigit()
    if len(last) == 1 and last.isupper():  # an initial: J. Smith
        return False
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last):  # U.S., a.m.
        return following.casefold() in _OPENERS
    return True
