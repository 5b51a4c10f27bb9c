"""Settings and tables of the user: a wrong one ends the command with its name and its fault."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from service.cli.output import ExitCode, fail
from service.config import Settings

if TYPE_CHECKING:
    from service.knowledge import Knowledge


def load_settings() -> Settings:
    """Settings from the environment and ``.env``; wrong ones are wrong use."""
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"EVENTWIRE_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        fail(
            f"settings: {'; '.join(faults)}",
            "eventwire config show --help; README.md lists all settings",
            ExitCode.USAGE,
        )


def load_knowledge(settings: Settings) -> "Knowledge":
    """The built-in tables and the user's own; one that can't be read is wrong use."""
    from service.knowledge import Knowledge, TableError

    try:
        return Knowledge.load(settings.knowledge_dir)
    except (TableError, OSError) as error:
        fail(f"EVENTWIRE_KNOWLEDGE_DIR: {error}", "README.md says how tables are written", ExitCode.USAGE)
