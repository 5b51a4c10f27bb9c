"""Makes the table of relations small: the product with it was a sixth of what the coder does beside the network.

``python -m service.training.narrowing``: narrows that of a packaged network, once.

The score of a relation is bilinear in what the network says of a dependant and of its head. Both lie mostly in few
directions, so each side is turned into those that matter for the scores, by the singular vectors of the table in
co-ordinates in which the sides are white (higher-order SVD: De Lathauwer, De Moor and Vandewalle 2000).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer

from service.pipeline.parsing.network import DATA, Network
from service.pipeline.parsing.words import word_spans
from service.training.corpus import load

Array = npt.NDArray[Any]
RANK = 48
"""Directions kept of each side."""
_SENTENCES, _BATCH = 4000, 32
_RIDGE = 1e-6


def main(
    folder: Annotated[Path, typer.Option(help="The network's files")] = DATA,
    corpus: Annotated[Path, typer.Option(help="Sentences whose words count")] = Path("seeds/corpus"),
    rank: Annotated[int, typer.Option(help="Directions to keep", min=1)] = RANK,
) -> None:
    """Narrow the table of relations of a packaged network."""
    narrow(folder, [sentence.text for sentence in load(corpus).train], rank)


def narrow(folder: Path, texts: Sequence[str], rank: int = RANK) -> None:
    """Keeps ``rank`` directions of each side of the table in ``folder``/reader.weights.npz, as ``texts`` use them."""
    path = folder / "reader.weights.npz"
    with np.load(path) as stored:
        tables: dict[str, Array] = dict(stored)
    dependants, heads = _sides(Network(folder), texts[:: max(1, len(texts) // _SENTENCES)])
    turned = narrowed(tables["relation"], dependants, heads, rank)
    relation, of_dependant, of_head = (table.astype("f4") for table in turned)
    np.savez_compressed(
        path,
        relation=relation,
        relation_dependant=tables["relation_dependant"] @ of_dependant,
        relation_head=tables["relation_head"] @ of_head,
        role=tables["role"],
        path=tables["path"],
    )


def narrowed(table: Array, dependants: Array, heads: Array, rank: int) -> tuple[Array, Array, Array]:
    """A table [l, rank, rank] and what turns each side [r, rank], for a table [l, r, r] and vectors [n, r] of words.

    The best relation stays best: what all have in common is taken away first.
    """
    own = table.astype("f8") - table.mean(0, dtype="f8")
    of_dependant, of_head = _spread(dependants), _spread(heads)
    white = of_dependant.T @ own @ of_head
    left = np.linalg.svd(white.transpose(1, 0, 2).reshape(len(of_dependant), -1), full_matrices=False)[0][:, :rank]
    right = np.linalg.svd(white.transpose(2, 0, 1).reshape(len(of_head), -1), full_matrices=False)[0][:, :rank]
    return left.T @ white @ right, np.linalg.solve(of_dependant.T, left), np.linalg.solve(of_head.T, right)


def _spread(vectors: Array) -> Array:
    """What white noise must be multiplied with to spread as the vectors do [r, r]."""
    wide = vectors.astype("f8")
    return np.linalg.cholesky(wide.T @ wide / len(wide) + _RIDGE * np.eye(wide.shape[1]))


def _sides(network: Network, texts: Sequence[str]) -> tuple[Array, Array]:
    """What the network says of each word as a dependant and as a head [words, r]."""
    found: tuple[list[Array], list[Array]] = ([], [])
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        encoded = network.pieces.encode([[text[a:b] for a, b in word_spans(text)] for text in batch])
        scores = network.run(encoded)
        for row, sentence in enumerate(encoded):
            found[0].append(scores.relation_dependant[row, 1 : len(sentence.first)])
            found[1].append(scores.relation_head[row, : len(sentence.first)])
    return np.concatenate(found[0]), np.concatenate(found[1])


if __name__ == "__main__":
    typer.run(main)
