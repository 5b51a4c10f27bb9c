"""A coder that costs next to nothing, for tests of the stream: the text says what it finds.

Each line of a text is a command: ``event ACTOR OTHER`` gives an event, ``hold`` one that is held back, ``wait MS``
takes its time, ``raise`` raises, ``hang`` hangs, ``die`` kills its process, ``once FILE COMMAND`` does so if FILE is
not there yet, and makes it.
"""

import datetime as dt
import json
import os
import signal
import time
from pathlib import Path

from service.model import Article, CoderInfo, Event, Held
from service.pipeline.identity import event_id
from service.pipeline.processing import Coded, CoderOptions
from tests.events import an_event


def article(number: int, *commands: str) -> bytes:
    """An article's record with these commands."""
    fields = {"id": f"article-{number}", "source": "Daily", "published_at": "2016-12-08T00:00:00+00:00"}
    return json.dumps(fields | {"text": "\n".join(commands) or "nothing happened"}).encode()


class CheapCoder:
    info = CoderInfo(version="0", network="none")

    def code(self, article: Article) -> Coded:
        events: list[Event] = []
        held: list[Held] = []
        for line in article.text.splitlines():
            self._obey(line.split(), article, events, held)
        return Coded(article, tuple(events), tuple(held), sentences=len(article.text.splitlines()))

    def _obey(self, words: list[str], article: Article, events: list[Event], held: list[Held]) -> None:
        match words:
            case ["event", actor, other]:
                events.append(_event(actor, other, article))
            case ["hold"]:
                found = _event("SOMEONE", "-", article)
                fields = found.model_dump(exclude={"article"}) | {"article_id": article.id, "reason": "modality"}
                held.append(Held.model_validate(fields))
            case ["wait", milliseconds]:
                time.sleep(float(milliseconds) / 1000)
            case ["raise"]:
                raise ValueError("told to")
            case ["hang"]:
                time.sleep(3600)
            case ["die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["once", mark, *command] if not Path(mark).exists():
                Path(mark).touch()
                self._obey(command, article, events, held)


def load(_: CoderOptions) -> CheapCoder:
    return CheapCoder()


def _event(actor: str, other: str, article: Article) -> Event:
    identity = f"{actor}|{dt.date(2016, 12, 7)}|ACCUSE|{other}"
    changes = {"identity": identity, "event_id": event_id(identity), "type": "ACCUSE", "mode": None}
    return an_event(article.id, article.source, **changes)
