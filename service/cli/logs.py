"""Log lines on stderr, for people or for programs."""

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Literal

TEXT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
CHATTY = ("faust", "mode", "aiokafka", "asyncio", "kafka")
"""Libraries whose every step is of no use to an operator: shown from warnings on, unless all is asked for."""
REPEAT_SECONDS = 30.0
MOST_REMEMBERED = 1_000


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class Once(logging.Filter):
    """Lets a library say the same again only after a while: without its broker a client says so 100 times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.split(".")[0] not in CHATTY:
            return True
        said, now = (record.name, record.getMessage()), time.monotonic()
        if now - self._said.get(said, -REPEAT_SECONDS) < REPEAT_SECONDS:
            return False
        if len(self._said) >= MOST_REMEMBERED:
            self._said.clear()
        self._said[said] = now
        return True


def set_up_logs(form: Literal["text", "json"], level: Literal["debug", "info", "warning", "error"]) -> None:
    """For this process, once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else logging.Formatter(TEXT))
    least = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=least, handlers=[handler], force=True)
    if least > logging.DEBUG:
        handler.addFilter(Once())
        for name in CHATTY:
            logging.getLogger(name).setLevel(max(least, logging.WARNING))
        logging.getLogger("kafka").propagate = False  # each try to connect is a line; what it comes to is said once
