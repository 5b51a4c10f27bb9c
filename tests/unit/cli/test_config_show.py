"""Settings as they are shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.config import Settings

runner = CliRunner()


def shown(folder: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, dict[str, Any]]:
    monkeypatch.chdir(folder)
    result = runner.invoke(app, ["config", "show"], env=environment)
    assert result.exit_code == 0
    return {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}


def test_every_setting_is_shown_with_what_it_means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = shown(tmp_path, monkeypatch)
    assert list(rows) == [f"EVENTWIRE_{field.upper()}" for field in Settings.model_fields]
    assert all(row["description"] for row in rows.values())


def test_each_setting_says_where_it_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("EVENTWIRE_APP_ID=archive\nEVENTWIRE_WEB_PORT=1\n")
    rows = shown(tmp_path, monkeypatch, EVENTWIRE_WEB_PORT="2", EVENTWIRE_MODALITIES="actual, future")
    assert {name: (rows[f"EVENTWIRE_{name}"]["value"], rows[f"EVENTWIRE_{name}"]["source"]) for name in (
        "APP_ID", "WEB_PORT", "MODALITIES", "PARTITIONS"
    )} == {
        "APP_ID": ("archive", ".env"),
        "WEB_PORT": (2, "environment"),
        "MODALITIES": (["actual", "future"], "environment"),
        "PARTITIONS": (4, "default"),
    }  # fmt: skip


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_password_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = runner.invoke(app, ["config", "show", "--format", form], env={"EVENTWIRE_SASL_PASSWORD": "open sesame"})
    assert "***" in result.output
    assert "sesame" not in result.output
