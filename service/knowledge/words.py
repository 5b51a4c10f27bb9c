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

_WORDS = re.compile(r"(?:\w\.){2,}|\d+|\w+|[^\w\s]")
_INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\.)")
_PLAIN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_JOINERS = frozenset("-‐‑–'’‘`ʿʾ")  # noqa: RUF001 - hyphens and apostrophes as they are typeset
_ENDS = frozenset(".,;:!?")
_ARTICLES = frozenset("al el ul il an ar as ash at ath az ad adh ed es er".split())
_STOPPED = frozenset("st ste mt ft jr sr dr mr mrs gen maj brig capt col lt sgt adm sen rep rev prof gov no".split())
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
        self._key = lru_cache(maxsize=65536)(self._new_key)

    def keys(self, words: Sequence[str], start: int = 0, most: int = 12) -> Iterator[tuple[str, int]]:
        """The keys of at most ``most`` words from ``start`` on, each with its position; joiners have none.

        ``words`` are as a reader splits them: hyphens, apostrophes and punctuation are words of their own. A mark that
        joins nothing is its own key, so that a name ends before it unless the name has it too.
        """
        before = ""
        for position in range(start, len(words)):
            word = words[position]
            if word in _JOINERS or (word == "." and (before in _STOPPED or len(before) == 1)):
                continue
            before = self._key(word, position + 1 < len(words) and words[position + 1] in _JOINERS)
            yield before, position
            most -= 1
            if not most:
                return

    def first(self, words: Sequence[str], start: int) -> str | None:
        """The key of the word at ``start``; None for a joiner."""
        word = words[start]
        if word in _JOINERS:
            return None
        return self._key(word, start + 1 < len(words) and words[start + 1] in _JOINERS)

    def _new_key(self, word: str, joined: bool = False) -> str:  # noqa: FBT001, FBT002 - positions tell a cache's keys
        key = fold(word) or ("and" if word == "&" else word)
        if key in {"al", "el"} or (joined and key in _ARTICLES):
            return "al"
        return self._spellings.get(key, key)

    def normalise(self, text: str) -> str:
        """The key of a name as it is written in running text."""
        return self.form(text)[0]

    def form(self, text: str) -> tuple[str, str]:
        """The key of a name and, a letter for each word of it, how that must be written.

        ``U`` all capitals, ``C`` capitalised, ``-`` as one likes.
        """
        if _PLAIN.fullmatch(text):  # most names; a quarter of the time
            plain = text.split()
            return " ".join([self._key(word) for word in plain]), "".join(map(_shape, plain))
        words = split(text)
        keys = list(self.keys(words, most=len(words)))
        while keys and keys[-1][0] in _ENDS:
            keys.pop()
        return " ".join(key for key, _ in keys), "".join(_shape(words[position]) for _, position in keys)


def split(text: str) -> list[str]:
    """Words and marks of a name."""
    return _WORDS.findall(text)


@lru_cache(maxsize=65536)
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
    """A name and its forms: initials with blanks, no apostrophes, no article inside it (``Bashar Assad``)."""
    forms = [name]
    if _INITIALS.search(name):
        forms.append(_INITIALS.sub(". ", name))
    if "'" in name or "’" in name:
        forms.append(re.sub(r"(?<=\w)['’](?=\w)", "", name))
    bare = re.sub(r"(?<=\w )[ae]l-(?=[A-Z])", "", name) if "l-" in name else name
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
