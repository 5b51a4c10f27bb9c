"""What an expert coder has at hand: who that is, and where.

* ``loading``: ``Knowledge``, everything together, from the tables of the package and of a folder of the user's;
* ``names``: which words name an actor, and its country and sector; ``words``: what makes two spellings one name;
* ``persons``: who held which office on which day;
* ``places``: where a place is (``placefile``: its compiled form, ``build``: how that is made);
* ``ontology``: quad, CAMEO root and score of event types and modes;
* ``verbs``: words that the user wants read as events;
* ``tables``: how the tables are read; ``tables/*.tsv``: the facts, each with source, licence and date.
"""

from service.knowledge.loading import Knowledge
from service.knowledge.names import Kind, Name, NameMatch, Names
from service.knowledge.ontology import Ontology, Quad, Score
from service.knowledge.persons import Career, Persons, Standing, Term
from service.knowledge.places import PlaceEntry, PlaceMatch, Places
from service.knowledge.tables import COLUMNS, SECTORS, SUPRANATIONAL, TableError
from service.knowledge.verbs import Verb
from service.knowledge.words import Spellings, fold, plural

__all__ = [
    "COLUMNS",
    "SECTORS",
    "SUPRANATIONAL",
    "Career",
    "Kind",
    "Knowledge",
    "Name",
    "NameMatch",
    "Names",
    "Ontology",
    "Persons",
    "PlaceEntry",
    "PlaceMatch",
    "Places",
    "Quad",
    "Score",
    "Spellings",
    "Standing",
    "TableError",
    "Term",
    "Verb",
    "fold",
    "plural",
]
