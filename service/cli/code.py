"""``eventwire code``: articles in, coded events out, offline."""

from typing import Annotated, get_args

import typer

from service.cli.environment import load_knowledge, load_settings
from service.cli.inputs import InputError, PathsArgument, PublishedAtOption, SourceOption, read_inputs, text_files
from service.cli.output import ExitCode, FormatOption, choose_format, fail
from service.config import Settings
from service.model import Modality


def modalities(wanted: str | None, settings: Settings) -> tuple[Modality, ...]:
    """``all``, or a list of modalities, or what the settings say."""
    known: tuple[Modality, ...] = get_args(Modality)
    if wanted is None:
        return settings.modalities
    names = [name.strip() for name in wanted.split(",")]
    if names == ["all"]:
        return known
    if unknown := [name for name in names if name not in known]:
        raise typer.BadParameter(f"--include-modality: {', '.join(unknown)}: none of all, {', '.join(known)}")
    return tuple(name for name in known if name in names)


def code(
    paths: PathsArgument = None,
    *,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that code; the order of the output stays.")] = 1,
    include_modality: Annotated[
        str | None, typer.Option(help="all, or a comma-separated list. [default: EVENTWIRE_MODALITIES]")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Hold back less sure events. [default: EVENTWIRE_MIN_CONFIDENCE]")
    ] = None,
    dedup: Annotated[
        bool, typer.Option("--dedup", help="Give each event once, with its corroboration, after the last article.")
    ] = False,
    rejected: Annotated[
        typer.FileTextWrite | None,
        typer.Option(encoding="utf-8", lazy=False, help="File for rejected input, JSON lines."),
    ] = None,
    held: Annotated[
        typer.FileTextWrite | None,
        typer.Option(encoding="utf-8", lazy=False, help="File for events that were held back, JSON lines."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Instead: of each act, what it was read from and what became of it.")
    ] = False,
    published_at: PublishedAtOption = None,
    source: SourceOption = None,
    form: FormatOption = None,
) -> None:
    """Code articles: one line for each event, in the order of the articles. Ends with 3 when input was rejected.

    Example: eventwire code --jobs 2 --rejected rejected.jsonl articles/ > events.jsonl
    """
    from service.cli.code_run import run
    from service.cli.explain import explain as run_explain
    from service.pipeline.processing import CoderOptions

    settings = load_settings()
    options = CoderOptions(
        modalities=modalities(include_modality, settings),
        min_confidence=settings.min_confidence if min_confidence is None else min_confidence,
        dedup_fields=settings.dedup_fields,
        knowledge_dir=settings.knowledge_dir,
    )
    if settings.knowledge_dir:
        load_knowledge(settings)  # so that a fault in it is said once, and not by each process
    try:
        inputs = read_inputs(paths, text_files(published_at, source))
    except InputError as error:
        fail(str(error), code=ExitCode.USAGE)
    if explain:
        raise typer.Exit(ExitCode.REJECTED if run_explain(inputs, options, choose_format(form)) else ExitCode.DONE)
    tally = run(inputs, options, jobs=jobs, form=choose_format(form), dedup=dedup, rejected=rejected, held=held)
    if tally.rejected:
        raise typer.Exit(ExitCode.REJECTED)
