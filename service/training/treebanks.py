"""Universal Dependencies treebanks: CoNLL-U, plain or xz."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence of a treebank. ``heads`` count words from 1; 0 is the root."""

    words: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    pos: tuple[str, ...]


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a CoNLL-U file; multi-word tokens and empty nodes are left out.

    Raises:
        ValueError: a line has no ten columns; the message names it.
    """
    rows: list[list[str]] = []
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("#"):
                continue
            if not line.strip():
                if rows:
                    yield _tree(rows)
                rows = []
                continue
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 10:  # noqa: PLR2004 - the columns of CoNLL-U
                raise ValueError(f"{path}:{number}: {len(columns)} columns where CoNLL-U has ten")
            if columns[0].isdigit():
                rows.append(columns)
    if rows:
        yield _tree(rows)


def _tree(rows: list[list[str]]) -> Tree:
    return Tree(
        words=tuple(row[1] for row in rows),
        heads=tuple(int(row[6]) for row in rows),
        relations=tuple(row[7] for row in rows),
        pos=tuple(row[3] for row in rows),
    )
