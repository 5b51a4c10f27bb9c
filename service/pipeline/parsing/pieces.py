"""Sub-words: what the encoder reads. The same for training and for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from service.pipeline.parsing.sentences import MAX_WORDS

MAX_PIECES = 510
"""Sub-words a sentence, without [CLS] and [SEP]: what the encoder has positions for."""
MAX_LETTERS = 100
"""Letters of a word that are looked at."""
REMEMBERED = 100_000
"""Words whose sub-words are kept at hand."""
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Encoded:
    """Sub-word ids of a sentence with [CLS] and [SEP], and the first position of the root (0) and of each word."""

    ids: list[int]
    first: list[int]


class Pieces:
    """WordPiece, lower case, over words that are split already."""

    def __init__(self, vocabulary: Path) -> None:
        model = WordPiece(WordPiece.read_file(str(vocabulary)), unk_token="[UNK]", max_input_chars_per_word=MAX_LETTERS)  # noqa: S106 - no password
        self._tokenizer = Tokenizer(model)
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()
        self._known: dict[str, list[int]] = {}

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Encoded]:
        """Each sentence's sub-words; words beyond ``MAX_WORDS`` and letters beyond ``MAX_LETTERS`` are cut off."""
        cut = [[word[:MAX_LETTERS] for word in words[:MAX_WORDS]] or [""] for words in sentences]
        self._learn({word for words in cut for word in words})
        return [self._joined(words) for words in cut]

    def _learn(self, words: set[str]) -> None:
        """Splits the words that were not met before: what a word's sub-words are does not depend on its neighbours."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        new = sorted(words - self._known.keys())
        encodings = self._tokenizer.encode_batch(
            [[word] for word in new], is_pretokenized=True, add_special_tokens=False
        )
        self._known.update((word, encoding.ids) for word, encoding in zip(new, encodings, strict=True))

    def _joined(self, words: Sequence[str]) -> Encoded:
        ids, first = [CLS], [0]
        for word in words:
            pieces = self._known[word]
            # a word without a sub-word (a control character), or beyond the last one, reads as the first one
            first.append(len(ids) if pieces and len(ids) <= MAX_PIECES else 1)
            ids += pieces
        return Encoded([*ids[: MAX_PIECES + 1], SEP], first)
