"""Words of the user's own that are events whenever they are written, whatever the network makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.knowledge.ontology import TYPES, Ontology
from service.knowledge.tables import Row, Tables, listed
from service.model import EventType


@dataclass(frozen=True, slots=True)
class Verb:
    """What a word means."""

    type: EventType
    mode: str | None


def load_verbs(tables: Tables, ontology: Ontology) -> Mapping[str, Verb]:
    """Verbs by each of their forms, in lower case.

    Raises:
        TableError: a type or mode that is not known, or more than one word in a form.
    """
    verbs: dict[str, Verb] = {}
    for row in tables.rows("verbs"):
        word, variants, kind, mode = row.cells
        if kind not in TYPES:
            raise row.fault(f"{kind!r} is no event type; there are {', '.join(TYPES)}")
        known = ontology.modes(kind)
        if mode and mode not in known:
            raise row.fault(f"{mode!r} is no mode of {kind}; there are {', '.join(sorted(known))}")
        for form in (word, *listed(variants)):
            verbs.setdefault(_one_word(form, row), Verb(kind, mode or None))
    return verbs


def _one_word(form: str, row: Row) -> str:
    if not form or len(form.split()) > 1:
        raise row.fault(f"{form!r} is not one word")
    return form.casefold()
