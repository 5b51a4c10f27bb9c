"""The web port: /metrics, /health/live and /health/ready, and nothing else."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
GRACE_SECONDS = 1.0


class WebPortError(Exception):
    """The port can't be opened."""


@asynccontextmanager
async def serving(
    host: str,
    port: int,
    metrics: Callable[[], bytes],
    not_alive: Callable[[], Sequence[str]],
    not_ready: Callable[[], Sequence[str]],
) -> AsyncIterator[int]:
    """Serves meanwhile; gives the port, which is a free one for port 0.

    Raises:
        WebPortError: somebody else has the port, or the host is none of ours.
    """

    async def show_metrics(_: web.Request) -> web.Response:
        return web.Response(body=metrics(), headers={"Content-Type": METRICS_TYPE})

    def health(wrong: Callable[[], Sequence[str]]) -> Callable[[web.Request], object]:
        async def show(_: web.Request) -> web.Response:
            faults = wrong()
            return web.Response(text="".join(f"{line}\n" for line in faults or ["ok"]), status=503 if faults else 200)

        return show

    pages = web.Application()
    pages.router.add_get("/metrics", show_metrics)
    pages.router.add_get("/health/live", health(not_alive))  # type: ignore[arg-type]
    pages.router.add_get("/health/ready", health(not_ready))  # type: ignore[arg-type]
    runner = web.AppRunner(pages, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, shutdown_timeout=GRACE_SECONDS)
        try:
            await site.start()
        except OSError as error:
            raise WebPortError(f"{host}:{port} can't be opened: {error.strerror}; see EVENTWIRE_WEB_PORT") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
