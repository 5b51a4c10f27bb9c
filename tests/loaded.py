"""The packaged network and tables, loaded once for all tests of a run."""

from functools import cache
from typing import get_args

from service.knowledge import Knowledge as _Knowledge
from service.model import Modality
from service.pipeline.parsing import Reader
from service.pipeline.processing import VERSION, Coder, CoderOptions

_load_knowledge = _Knowledge.load  # before a test puts something else in its place


@cache
def knowledge() -> _Knowledge:
    return _load_knowledge()


@cache
def reader() -> Reader:
    return Reader.load()


@cache
def coder() -> Coder:
    """With every modality."""
    return Coder(reader(), knowledge(), VERSION, CoderOptions(modalities=get_args(Modality)))
