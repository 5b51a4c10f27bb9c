"""Data that we did not make up names its source and its licence."""

from pathlib import Path

import pytest

from tests.house.sources import files, texts

FOLDERS = {Path("service/knowledge/tables"), Path("service/pipeline/parsing/data")}
DATA = [path for path in files() if path.parent in FOLDERS and path.name != "README.md"]
HEADER_LINES = 5


def test_there_is_data_in_every_folder_of_it() -> None:
    assert {path.parent for path in DATA} == FOLDERS


@pytest.mark.parametrize("path", [path for path in DATA if path.suffix == ".tsv"], ids=lambda path: path.name)
def test_a_table_names_source_and_licence_in_its_header(path: Path) -> None:
    header = texts()[path].splitlines()[:HEADER_LINES]
    for word in ("source", "licence"):
        (line,) = (line for line in header if line.startswith(f"# {word}: "))
        assert len(line.split()) > 3


@pytest.mark.parametrize("path", [path for path in DATA if path.suffix != ".tsv"], ids=lambda path: path.name)
def test_other_data_names_source_and_licence_in_a_page_beside_it(path: Path) -> None:
    page = texts()[path.with_name("README.md")]
    (paragraph,) = (paragraph for paragraph in page.split("\n\n") if f"`{path.name}`" in paragraph)
    assert "Source: " in paragraph
    assert "Licence: " in paragraph
