"""What the commands that talk to a broker share: settings in, faults of the broker said with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from service.cli.environment import load_settings
from service.cli.output import ExitCode, fail
from service.config import Settings


@contextmanager
def connected() -> Iterator[Settings]:
    """The settings; a broker that fails within the block ends the command with the fault and what to do."""
    from service.stream.broker_errors import BrokerError, WrongSettingError

    settings = load_settings()
    try:
        yield settings
    except WrongSettingError as error:
        fail(str(error), error.hint, ExitCode.USAGE)
    except BrokerError as error:
        fail(str(error), error.hint)
