"""What is installed is what lies here."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_of_the_service_is_listed_for_the_distribution() -> None:
    found = {".".join(init.parent.relative_to(ROOT).parts) for init in (ROOT / "service").rglob("__init__.py")}
    assert set(SETUPTOOLS["packages"]) == found | set(SETUPTOOLS["package-dir"])


def test_what_ships_from_the_top_level_is_there_and_found() -> None:
    for package, source in SETUPTOOLS["package-dir"].items():
        files = [path for pattern in SETUPTOOLS["package-data"][package] for path in (ROOT / source).glob(pattern)]
        assert files, f"{source} ships nothing"
