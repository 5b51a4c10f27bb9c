"""Settings as the commands read them: a wrong one ends the command with its name and its fault."""

from pydantic import ValidationError

from service.cli.output import ExitCode, fail
from service.config import Settings


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
