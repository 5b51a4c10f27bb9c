"""Records from files, folders and stdin, one at a time, each with the place it came from.

Nothing is judged here: a broken record is passed on as its bytes, and the coder rejects it with a reason.
"""

import datetime as dt
import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Annotated

import typer

LINES = (".jsonl", ".ndjson")
READ = (".json", *LINES)
Readable = IO[bytes] | io.BufferedIOBase
BLANK = b" \t\r\n"

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH or -]...", help="JSON, JSON lines, .gz, .txt, or folders of these; - is stdin, the default."
    ),
]
PublishedAtOption = Annotated[
    str | None,
    typer.Option(help="Of .txt files: date of publication, RFC 3339 with offset; a bare date is midnight UTC."),
]
SourceOption = Annotated[str | None, typer.Option(help="Of .txt files: publisher.")]


@dataclass(frozen=True, slots=True)
class RawInput:
    """One record as it was found. ``origin`` is the file, with ``:line`` or ``[index]`` where it holds several."""

    origin: str
    value: bytes


@dataclass(frozen=True, slots=True)
class TextFiles:
    """What a .txt file does not say about its article."""

    published_at: str
    source: str | None = None


class InputError(Exception):
    """A file that is not there or can't be read: names it."""


def text_files(published_at: str | None, source: str | None) -> TextFiles | None:
    """Checks what the options say of .txt files.

    Raises:
        typer.BadParameter: it is no date.
    """
    if published_at is None:
        if source is not None:
            raise typer.BadParameter("--source describes .txt files and needs --published-at")
        return None
    try:
        moment = dt.datetime.fromisoformat(published_at)
    except ValueError as error:
        raise typer.BadParameter(f"--published-at: {error}") from None
    if moment.tzinfo is None:
        if len(published_at) > len("2016-12-08"):
            raise typer.BadParameter("--published-at: a time needs its offset, as in 2016-12-08T09:00:00+01:00")
        moment = moment.replace(tzinfo=dt.UTC)
    return TextFiles(moment.isoformat(), source)


def read_inputs(paths: Iterable[str] | None, text: TextFiles | None = None) -> Iterator[RawInput]:
    """All records of the files, in the order of the arguments; a folder's files sorted by path; stdin without paths.

    Raises:
        InputError: at once when a path is not there or is a .txt file of which no date is known; while reading, when a
            file can't be read.
    """
    return _records([file for path in paths or ["-"] for file in _files(path, text)], text)


def _records(files: Iterable[Path | None], text: TextFiles | None) -> Iterator[RawInput]:
    for file in files:
        try:
            if file is None:
                yield from _split("-", sys.stdin.buffer)
            else:
                yield from _read(file, text)
        except (OSError, EOFError, zlib.error) as error:  # the latter two: a .gz file that was cut or damaged
            raise InputError(f"{file or 'stdin'}: {error}") from error


def _kind(file: Path) -> str:
    """The suffix that says what is in the file, below .gz."""
    return (file.with_suffix("") if file.suffix == ".gz" else file).suffix.lower()


def _files(path: str, text: TextFiles | None) -> list[Path | None]:
    """The files of one argument; ``None`` is stdin."""
    if path == "-":
        return [None]
    root = Path(path)
    if not root.exists():
        raise InputError(f"{path}: no such file or folder")
    if not root.is_dir():
        if _kind(root) == ".txt" and text is None:
            raise InputError(f"{path}: the date of a .txt file is not known; say --published-at")
        return [root]
    wanted = (*READ, ".txt") if text else READ
    return [file for file in sorted(root.rglob("*")) if _kind(file) in wanted and file.is_file()]


def _read(file: Path, text: TextFiles | None) -> Iterator[RawInput]:
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
        if _kind(file) == ".txt" and text:
            yield RawInput(str(file), _article(stream.read(), text))
        elif _kind(file) in LINES:
            yield from _lines(str(file), stream)
        else:
            yield from _split(str(file), stream)


def _article(body: bytes, text: TextFiles) -> bytes:
    """A .txt file as an article record; one that is not UTF-8 stays as it is, to be rejected as that."""
    try:
        fields = {"text": body.decode("utf-8"), "published_at": text.published_at, "source": text.source}
    except UnicodeDecodeError:
        return body
    return json.dumps(fields, ensure_ascii=False).encode()


def _lines(origin: str, stream: Iterable[bytes], first: int = 1) -> Iterator[RawInput]:
    for number, line in enumerate(stream, first):
        if value := line.strip(BLANK):
            yield RawInput(f"{origin}:{number}", value)


def _split(origin: str, stream: Readable) -> Iterator[RawInput]:
    """JSON lines, or one document over several lines: its first line tells, for no record can end there."""
    number, line = 1, stream.readline()
    while line and not line.strip(BLANK):
        number, line = number + 1, stream.readline()
    head = line.strip(BLANK).removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"[") or (head.startswith(b"{") and head.endswith((b"{", b",", b"[", b":"))):
        yield from _document(origin, line + stream.read())
    else:
        rest = _lines(origin, chain([line], stream), number)
        alone = next(rest, None)
        another = next(rest, None)
        if alone and not another:
            yield RawInput(origin, alone.value)
        elif alone and another:
            yield from chain([alone, another], rest)


def _document(origin: str, document: bytes) -> Iterator[RawInput]:
    """One object as it stands, or the elements of a list; what is no JSON, whole."""
    try:
        elements = json.loads(document)
    except (ValueError, RecursionError):
        elements = None
    if isinstance(elements, list):
        for index, element in enumerate(elements):
            yield RawInput(f"{origin}[{index}]", json.dumps(element).encode())
    else:
        yield RawInput(origin, document.strip(BLANK))
