"""eventwire: who did what to whom, when and where, out of news articles.

>>> from service import Article, Coder
>>> coder = Coder.load()
>>> article = Article(text="Russia bombed rebel positions in Aleppo.", published_at="2016-12-08T00:00:00+00:00")
>>> [event.type for event in coder.code(article).events]
['ASSAULT']
"""

from importlib import import_module, metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.model import Actor, Article, Event, Held, Place, Rejected
    from service.pipeline.processing import Coded, Coder, CoderOptions, code_article, process

__version__ = metadata.version("eventwire")
__all__ = [
    "Actor",
    "Article",
    "Coded",
    "Coder",
    "CoderOptions",
    "Event",
    "Held",
    "Place",
    "Rejected",
    "code_article",
    "process",
]

_HOMES = {
    **dict.fromkeys(("Actor", "Article", "Event", "Held", "Place", "Rejected"), "service.model"),
    **dict.fromkeys(("Coded", "Coder", "CoderOptions", "code_article", "process"), "service.pipeline.processing"),
}


def __getattr__(name: str) -> object:
    """Imports on first use: who only wants the settings, or ``--help``, does not load the network."""
    if name not in _HOMES:
        raise AttributeError(f"module 'service' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
