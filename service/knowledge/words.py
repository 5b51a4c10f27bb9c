"""What makes two spellings one name.

``normalise`` gives the key under which a name is kept and looked up:

* case and diacritics off: ``Élysée`` = ``elysee``, ``Łódź`` = ``lodz``;
* full stops don't count, hyphens and apostrophes are gaps: ``U.S.`` = ``us``, ``Jong-un`` = ``jong un``;
* the Arabic article in any of its forms is ``al``: ``el-Sisi``, ``as-Sisi`` and ``Al Sisi`` = ``al sisi``;
* words with several common transliterations (table ``spellings``) stand in one of them: ``Mohamed`` = ``mohammed``.

Case is kept apart (``shape``): ``US`` is no pronoun, ``Turkey`` no bird.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

_WORDS = re.compile(r"(?:\w\.){2,}|\w+|[^\w\s]")
_JOINERS = frozenset("-‐‑–'’‘`ʿʾ")  # noqa: RUF001 - hyphens and apostrophes as they are typeset
_ARTICLES = frozenset("al el ul il an ar as ash at ath az ad adh ed es er".split())
_STOPPED = frozenset("st ste mt ft jr sr dr mr mrs gen maj brig capt col lt sgt adm sen rep rev prof gov".split())
_LETTERS = str.maketrans("łøđðþıŁØĐÐÞəƏħĦ", "lođdtiLODDTaAhH")
_IRREGULAR = {
    "man": "men", "woman": "women", "person": "people", "child": "children", "wife": "wives", "thief": "thieves",
    "staff": "staff", "police": "police", "personnel": "personnel", "clergy": "clergy", "attorney": "attorneys",
}  # fmt: skip
_HEAD_BEFORE = frozenset("of for to in at from general on".split())


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, diacritics and full stops."""
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS)).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


class Spellings:
    """The table of transliterations: each variant's one spelling."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._spellings = {fold(variant): fold(word) for variant, word in spellings.items()}

    def keys(self, words: Sequence[str], start: int = 0, most: int = 12) -> Iterator[tuple[str, int]]:
        """The keys of at most ``most`` words from ``start`` on, each with its position; joiners have none.

        ``words`` are as a reader splits them: hyphens, apostrophes and punctuation are words of their own.
        Ends before the first punctuation mark that is part of no name.
        """
        before = ""
        for position in range(start, len(words)):
            word = words[position]
            if word in _JOINERS or (word == "." and (before in _STOPPED or len(before) == 1)):
                continue
            key = fold(word)
            if not key:
                if word == "&":
                    key = "and"
                else:
                    return
            joined = position + 1 < len(words) and words[position + 1] in _JOINERS
            if key in {"al", "el"} or (joined and key in _ARTICLES):
                key = "al"
            before = key
            yield self._spellings.get(key, key), position
            most -= 1
            if not most:
                return

    def normalise(self, text: str) -> str:
        """The key of a name as it is written in running text."""
        words = split(text)
        return " ".join(key for key, _ in self.keys(words, most=len(words)))


def split(text: str) -> list[str]:
    """Words and marks of a name."""
    return _WORDS.findall(text)


def shape(text: str) -> str:
    """How each word of a name must be written: ``U`` all capitals, ``C`` capitalised, ``-`` any."""
    return "".join(_shape(word) for word in split(text) if fold(word) or word == "&")


def _shape(word: str) -> str:
    letters = word.replace(".", "")
    if len(letters) > 1 and letters.isupper():
        return "U"
    return "C" if letters[:1].isupper() else "-"


def fits(shapes: str, words: Iterable[str]) -> bool:
    """Whether ``words`` are written as ``shapes`` asks."""
    return all(
        needed == "-" or (word.isupper() if needed == "U" else word[:1].isupper())
        for needed, word in zip(shapes, words, strict=True)
    )


def spelt(name: str) -> list[str]:
    """A name and its forms without apostrophes, and without an article inside it (``Bashar Assad``)."""
    forms = [name]
    if re.search(r"\w['’]\w", name):
        forms.append(re.sub(r"(?<=\w)['’](?=\w)", "", name))
    bare = re.sub(r"(?<=\w )[ae]l-(?=[A-Z])", "", name)
    return [*forms, bare] if bare != name else forms


def plural(phrase: str) -> str:
    """The plural of a title or an agent, its head being the word before ``of`` and the like, else the last."""
    words = phrase.split()
    head = next((place - 1 for place, word in enumerate(words) if place and word in _HEAD_BEFORE), len(words) - 1)
    words[head] = _plural(words[head])
    return " ".join(words)


def _plural(word: str) -> str:
    for singular, many in _IRREGULAR.items():
        if word == singular or (word.endswith(singular) and singular in {"man", "woman"}):
            return word.removesuffix(singular) + many
    if (
        word in _IRREGULAR.values()
        or word.endswith(("men", "ese"))
        or (word.endswith("s") and not word.endswith(("ss", "us")))
    ):
        return word
    if word.endswith("y") and word[-2:-1] not in set("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("ss", "us", "sh", "ch", "x")) else f"{word}s"
