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

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Encoded]:
        """Each sentence's sub-words; words beyond ``MAX_WORDS`` and letters beyond ``MAX_LETTERS`` are cut off."""
        cut = [[word[:MAX_LETTERS] for word in words[:MAX_WORDS]] or [""] for words in sentences]
        encodings = self._tokenizer.encode_batch(cut, is_pretokenized=True, add_special_tokens=False)
        encoded = []
        for words, encoding in zip(cut, encodings, strict=True):
            first = [1] * len(words)  # a word without a sub-word (a control character) reads as the first one
            for position, word in reversed(list(enumerate(encoding.word_ids[:MAX_PIECES]))):
                if word is not None:
                    first[word] = position + 1
            encoded.append(Encoded([CLS, *encoding.ids[:MAX_PIECES], SEP], [0, *first]))
        return encoded
