"""``eventwire config``: which settings hold, where each came from, and whether they work."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

import typer
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from service.cli.config_check import check
from service.cli.environment import load_settings
from service.cli.output import Format, FormatOption, choose_format, console_out, write_json_line
from service.cli.tables import table_of
from service.config import Settings

config_app = typer.Typer(help="Settings: show them, check them.", no_args_is_help=True)
config_app.command()(check)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it holds now. A secret's value is masked."""

    name: str
    value: object
    source: Literal["environment", ".env", "default"]
    description: str


def settings_in_force(settings: Settings) -> Iterator[Setting]:
    """Each setting with its value and where that came from, in the order in which they are declared."""
    environment, dotenv = EnvSettingsSource(Settings)(), DotEnvSettingsSource(Settings)()
    values = settings.model_dump(mode="json")
    for field, about in Settings.model_fields.items():
        yield Setting(
            name=f"EVENTWIRE_{field.upper()}",
            value=values[field],
            source="environment" if field in environment else ".env" if field in dotenv else "default",
            description=about.description or "",
        )


@config_app.command()
def show(form: FormatOption = None) -> None:
    """Show every setting with its value, where it came from and what it means. Secrets are masked.

    Example: eventwire config show --format jsonl
    """
    rows = settings_in_force(load_settings())
    if choose_format(form) is Format.jsonl:
        for row in rows:
            write_json_line(asdict(row))
        return
    cells = ((row.name, shown(row), row.source, row.description) for row in rows)
    table = table_of(("setting", "value", "source", "meaning"), cells)
    table.columns[0].no_wrap = True
    console_out().print(table)


def shown(setting: Setting) -> str:
    """Its value as the environment would say it."""
    value = ",".join(setting.value) if isinstance(setting.value, list) else setting.value
    return "" if value is None else str(value)
