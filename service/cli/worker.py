"""``eventwire worker``: the service."""

import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from service.cli.environment import load_settings
from service.cli.output import ExitCode, fail
from service.config import Settings

if TYPE_CHECKING:
    from service.stream.coder_process import LoadCoder


def worker(
    bootstrap_servers: Annotated[str | None, typer.Option(help="Kafka brokers, host:port, comma-separated.")] = None,
    app_id: Annotated[str | None, typer.Option(help="Consumer group and prefix of the transactional ids.")] = None,
    instance_id: Annotated[
        str | None, typer.Option(help="Name of this worker in the group; each needs its own.")
    ] = None,
    delivery: Annotated[
        Literal["exactly_once", "at_least_once"] | None, typer.Option(help="Kafka transactions, or acknowledgements.")
    ] = None,
    coder_processes: Annotated[int | None, typer.Option(min=1, help="Processes that code.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Scratch.")] = None,
    web_host: Annotated[str | None, typer.Option(help="Address of the web port.")] = None,
    web_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="/metrics and /health; 0 for a free one.")
    ] = None,
    log_format: Annotated[
        Literal["text", "json"] | None, typer.Option(help="Log lines for people or programs.")
    ] = None,
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"] | None, typer.Option(help="Least severity logged.")
    ] = None,
) -> None:
    """Run the service: articles are coded, events published, each once, until SIGTERM or Ctrl-C.

    Options win over the EVENTWIRE_... settings of the same name; eventwire config show lists all of them.

    Example: eventwire worker --bootstrap-servers kafka:9092 --instance-id worker-1
    """
    given = {name: value for name, value in locals().items() if value is not None}
    raise typer.Exit(serve(load_settings().model_copy(update=given)))


def serve(settings: Settings, load: "LoadCoder | None" = None) -> ExitCode:
    """Runs the worker to its end, and says on stderr what went wrong if that was the reason.

    Args:
        settings: As they hold.
        load: Loads another coder than ours, in each coder process.
    """
    import asyncio

    from service.cli.logs import set_up_logs
    from service.metrics import Metrics
    from service.observer import guarded
    from service.pipeline.processing import Coder
    from service.stream.assembly import Outside
    from service.stream.worker import EXPECTED, run

    set_up_logs(settings.log_format, settings.log_level)
    metrics = Metrics()
    try:
        ended = asyncio.run(run(settings, Outside(guarded(metrics), metrics.exposition, load or Coder.load)))
    except EXPECTED as error:
        fail(str(error), getattr(error, "hint", None))
    except Exception:
        logging.getLogger(__name__).exception("the worker failed; started again it goes on from what is committed")
        return ExitCode.FAILED
    return ExitCode.INTERRUPTED if ended is signal.SIGINT else ExitCode.DONE
