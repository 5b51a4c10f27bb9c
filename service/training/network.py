"""The reader network in torch: one encoder, heads for tree, part of speech, triggers, modality, mode and roles."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

from service.pipeline.parsing.network import Labels
from service.pipeline.parsing.paths import PATHS, paths
from service.training.batches import Inputs

FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Sizes:
    arc: int = 256
    relation: int = 96
    role: int = 160
    dropout: float = 0.25


class ReaderNetwork(nn.Module):
    """Biaffine parser (Dozat and Manning 2017) and event heads on one encoder.

    Roles are scored for each pair of trigger and word. The trigger's side of the roles, its modality and its mode know
    its type, as the network itself sees it.
    """

    def __init__(self, labels: Labels, encoder: BertModel, sizes: Sizes = Sizes()) -> None:
        super().__init__()
        self.labels, self.sizes = labels, sizes
        self.encoder = encoder
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(sizes.dropout)
        self.arc_dependant, self.arc_head = nn.Linear(width, sizes.arc), nn.Linear(width, sizes.arc)
        self.relation_dependant = nn.Linear(width, sizes.relation)
        self.relation_head = nn.Linear(width, sizes.relation)
        self.arc_table = nn.Parameter(torch.randn(sizes.arc, sizes.arc) * 0.01)
        self.arc_bias = nn.Parameter(torch.zeros(sizes.arc))
        self.relation_table = nn.Parameter(
            torch.randn(len(labels.relations), sizes.relation + 1, sizes.relation + 1) * 0.01
        )
        self.pos = nn.Linear(width, len(labels.pos))
        self.trigger = _two_layers(width, len(labels.types), sizes.dropout)
        self.detail = nn.Linear(width, width)
        self.detail_of_type = nn.Linear(len(labels.types), width, bias=False)
        self.modality_mode = nn.Linear(width, len(labels.modalities) + len(labels.modes))
        self.role_trigger, self.role_argument = nn.Linear(width, sizes.role), nn.Linear(width, sizes.role)
        self.role_of_type = nn.Linear(len(labels.types), sizes.role, bias=False)
        self.role_table = nn.Parameter(torch.randn(len(labels.roles), sizes.role + 1, sizes.role + 1) * 0.01)
        self.path_table = nn.Parameter(torch.zeros(len(PATHS), len(labels.roles), sizes.role + 1))

    def words(self, ids: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Vectors of root and words [b, n, h]: those of their first sub-words."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))

    def parse(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Arc scores [b, n, n], both sides of the relation scores [b, n, r + 1], part-of-speech scores [b, n, p]."""
        words = self.drop(words)
        dependant, head = (
            self.drop(nn.functional.gelu(layer(words))) for layer in (self.relation_dependant, self.relation_head)
        )
        return self._arcs(words, self.drop), _with_one(dependant), _with_one(head), self.pos(words)

    def _arcs(self, words: Tensor, drop: nn.Module) -> Tensor:
        dependant, head = (drop(nn.functional.gelu(layer(words))) for layer in (self.arc_dependant, self.arc_head))
        return (dependant @ self.arc_table) @ head.transpose(1, 2) + (head @ self.arc_bias).unsqueeze(1)

    def relations(self, dependant: Tensor, head: Tensor, heads: Tensor) -> Tensor:
        """Relation scores [b, n, l] of each word to the given heads [b, n]."""
        of_heads = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.size(-1)))
        return torch.einsum("bnr,lrs,bns->bnl", dependant, self.relation_table, of_heads)

    def events(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Trigger scores [b, n, t], modality and mode scores [b, n, m], both sides of the role scores [b, n, e + 1]."""
        words = self.drop(words)
        trigger = self.trigger(words)
        kind = torch.softmax(trigger, -1)
        side = self.drop(nn.functional.gelu(self.role_trigger(words) + self.role_of_type(kind)))
        argument = self.drop(nn.functional.gelu(self.role_argument(words)))
        detail = self.drop(nn.functional.gelu(self.detail(words) + self.detail_of_type(kind)))
        return trigger, self.modality_mode(detail), _with_one(side), _with_one(argument)

    @torch.no_grad()
    def heads(self, words: Tensor, real: Tensor) -> Tensor:
        """Probability [b, n, n] that the column is the head of the row; row and column of the root are left empty.

        Without gradient: what roles make of the tree must not change the tree.
        """
        arc = self._arcs(words, nn.Identity())
        arc = arc.masked_fill(~real.unsqueeze(1), FORBIDDEN) + FORBIDDEN * torch.eye(arc.size(1))
        heads = torch.softmax(arc, -1)
        heads[:, 0, :] = heads[:, :, 0] = 0
        return heads

    def trees(self, given: Inputs, words: Tensor) -> Tensor:
        """``heads`` of a batch whose words are read already."""
        return self.heads(words, given.real)

    def roles(self, trigger: Tensor, argument: Tensor, heads: Tensor, places: Tensor) -> Tensor:
        """Role scores [k, n, roles] of the words of k sentences for one trigger each.

        Args:
            trigger: [k, e + 1], its side.
            argument: [k, n, e + 1], the words' side.
            heads: [k, n, n], as ``heads`` gives them.
            places: [k], the triggers' positions.
        """
        rows = torch.arange(len(places))
        up, down = heads[rows, places].unsqueeze(-1), heads[rows, :, places].unsqueeze(-1)
        ways = torch.cat(paths(heads, up, down), -1)
        pairs = torch.einsum("ke,lef,knf->knl", trigger, self.role_table, argument)
        return pairs + torch.einsum("knp,plf,knf->knl", ways, self.path_table, argument)


def _two_layers(width: int, out: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, out))


def _with_one(vectors: Tensor) -> Tensor:
    """With a constant at the end: what makes a bilinear score biaffine."""
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], -1)
