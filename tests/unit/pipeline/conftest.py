"""The packaged network and tables, loaded once for the tests of reading and coding."""

import datetime as dt

import pytest

from service.knowledge import Knowledge
from service.model import Article
from service.pipeline.parsing import Reader
from service.pipeline.processing import Coder
from tests import loaded

PUBLISHED = dt.datetime(2016, 12, 8, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def reader() -> Reader:
    return loaded.reader()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return loaded.knowledge()


@pytest.fixture(scope="session")
def coder() -> Coder:
    return loaded.coder()


def article(text: str, **fields: object) -> Article:
    return Article.model_validate({"text": text, "published_at": PUBLISHED, **fields})
