import json
import logging
import sys

from service.cli.logs import JsonFormatter, Once


def a_record(name: str, message: str) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, message, None, None)


def test_a_library_says_the_same_once_in_a_while() -> None:
    once = Once()
    assert once.filter(a_record("aiokafka.conn", "no broker"))
    assert not once.filter(a_record("aiokafka.conn", "no broker"))
    assert once.filter(a_record("aiokafka.conn", "no other broker"))


def test_what_we_say_ourselves_is_always_shown() -> None:
    once = Once()
    assert all(once.filter(a_record("service.stream.lane", "lost")) for _ in range(3))


def test_a_line_for_programs_is_one_json_object_even_with_a_traceback() -> None:
    try:
        int("wrong\nin two lines")
    except ValueError:
        record = logging.LogRecord("service", logging.ERROR, "", 0, "failed: %s", ("x",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert (found["level"], found["logger"], found["message"]) == ("error", "service", "failed: x")
    assert "ValueError: invalid literal" in found["exception"]
