"""What the image is built from and runs, tried on the bare machine: no container engine is needed, none was used."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.contract.deploy_files import commands, copied_from_the_context, healthcheck
from tests.processes import CHECKOUT

IGNORED = shutil.ignore_patterns("__pycache__", "*.egg-info")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from nothing but what the image copies."""
    source = tmp_path_factory.mktemp("source")
    for name in copied_from_the_context():
        path = CHECKOUT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=IGNORED)
        else:
            shutil.copy(path, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", source / "dist", source], check=True)
    (built,) = (source / "dist").glob("*.whl")
    return built


def test_what_is_built_carries_the_data_that_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"service/shipped/schemas/topics.yaml", "service/pipeline/parsing/data/reader.onnx"} <= names
    assert any(name.startswith("service/knowledge/tables/") for name in names)


def test_what_is_built_runs_outside_of_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as built:
        built.extractall(tmp_path / "installed")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    here = ["-c", "import service.cli, service.shipped; print(service.__file__)"]
    done = subprocess.run([sys.executable, *here], env=env, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(tmp_path))


@pytest.mark.parametrize("command", sorted(commands()), ids=" ".join)
def test_every_command_that_deploy_names_exists(command: tuple[str, ...]) -> None:
    words = [word for word in command if not word.startswith("--")]
    done = subprocess.run(
        [sys.executable, "-m", "service", *words, "--help"], cwd=CHECKOUT, capture_output=True, text=True, check=False,
        env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [option for option in command if option.startswith("--") and option not in done.stdout] == []


@pytest.fixture(params=[(200, 0), (503, 1)], ids=["alive", "not alive"])
def answer(request: pytest.FixtureRequest) -> Iterator[tuple[int, int]]:
    """A port that answers with a status to /health/live, and the exit code that it should give."""
    status, exit_code = request.param

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health/live" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, exit_code
        server.shutdown()


def test_the_image_s_health_check_tells_the_worker_s_liveness(answer: tuple[int, int]) -> None:
    port, exit_code = answer
    _, *arguments = healthcheck()
    env = {**os.environ, "EVENTWIRE_WEB_PORT": str(port)}
    done = subprocess.run([sys.executable, *arguments], env=env, capture_output=True, check=False)
    assert done.returncode == exit_code
