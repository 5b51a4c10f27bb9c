"""Where records come from."""

import gzip
import json
from pathlib import Path

import pytest
import typer

from service.cli.inputs import InputError, RawInput, TextFiles, read_inputs, text_files

ONE, TWO = b'{"text":"one"}', b'{"text":"two"}'


def values(*paths: Path, text: TextFiles | None = None) -> list[bytes]:
    return [raw.value for raw in read_inputs([str(path) for path in paths], text)]


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.jsonl.gz", "a.log"])
def test_json_lines_give_a_record_a_line_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    assert values(written(tmp_path / name, ONE + b"\r\n\n" + TWO)) == [ONE, TWO]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_file_is_one_record_with_its_bytes_as_they_are(tmp_path: Path, indent: int | None) -> None:
    document = json.dumps({"text": "one\ntwo", "tags": ["a"]}, indent=indent).encode()
    file = written(tmp_path / "a.json.gz", document + b"\n")
    assert list(read_inputs([str(file)])) == [RawInput(str(file), document)]


def test_a_json_list_gives_its_elements(tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", b"\n[\n" + ONE + b",\n" + TWO + b"]\n")
    assert [(raw.origin, json.loads(raw.value)) for raw in read_inputs([str(file)])] == [
        (f"{file}[0]", {"text": "one"}),
        (f"{file}[1]", {"text": "two"}),
    ]


def test_broken_json_is_passed_on_as_it_is(tmp_path: Path) -> None:
    assert values(written(tmp_path / "a.json", b'{\n "text": \n')) == [b'{\n "text":']
    assert values(written(tmp_path / "b.json", b"[1, 2")) == [b"[1, 2"]


def test_a_broken_line_does_not_hide_the_next_one(tmp_path: Path) -> None:
    assert values(written(tmp_path / "a.jsonl", b'{"text": "tr\n' + TWO)) == [b'{"text": "tr', TWO]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", b"\n" + ONE + b"\n\n" + TWO)
    assert [raw.origin for raw in read_inputs([str(file)])] == [f"{file}:2", f"{file}:4"]


def test_a_folder_is_read_sorted_with_its_sub_folders_and_without_other_files(tmp_path: Path) -> None:
    written(tmp_path / "b.json", TWO)
    written(tmp_path / "a" / "z.jsonl.gz", ONE)
    written(tmp_path / "README.md", b"no record")
    written(tmp_path / "c.txt", b"no date is known")
    assert values(tmp_path) == [ONE, TWO]


def test_a_text_file_becomes_an_article_with_the_given_date(tmp_path: Path) -> None:
    (value,) = values(written(tmp_path / "a.txt", "Déjà vu.\r\n".encode()), text=text_files("2016-12-08", "RFE/RL"))
    assert json.loads(value) == {
        "text": "Déjà vu.\r\n",
        "published_at": "2016-12-08T00:00:00+00:00",
        "source": "RFE/RL",
    }


def test_a_text_file_that_is_not_utf_8_is_passed_on_as_it_is(tmp_path: Path) -> None:
    assert values(written(tmp_path / "a.txt", b"D\xe9j\xe0"), text=text_files("2016-12-08", None)) == [b"D\xe9j\xe0"]


@pytest.mark.parametrize(("date", "source"), [("yesterday", None), ("2016-12-08T10:00:00", None), (None, "RFE/RL")])
def test_options_that_do_not_date_a_text_file_are_wrong_use(date: str | None, source: str | None) -> None:
    with pytest.raises(typer.BadParameter):
        text_files(date, source)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.json: no such file"):
        values(tmp_path / "nowhere.json")
    with pytest.raises(InputError, match=r"a\.txt: the date .* --published-at"):
        values(written(tmp_path / "a.txt", b"x"))
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(ONE)[:-9])
    with pytest.raises(InputError, match=r"cut\.jsonl\.gz"):
        values(cut)


def test_an_empty_file_holds_no_record(tmp_path: Path) -> None:
    assert values(written(tmp_path / "a.json", b""), written(tmp_path / "b.jsonl", b"\n\n")) == []
