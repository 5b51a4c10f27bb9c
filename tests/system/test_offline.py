"""The commands that need no broker, as they are typed. These tests import nothing of the service."""

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.processes import CHECKOUT

SEEDS = CHECKOUT / "seeds" / "articles"


def eventwire(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "service", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, cwd=CHECKOUT, check=False)


def lines(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_several_processes_give_the_same_lines_in_the_same_order(tmp_path: Path) -> None:
    records = [json.dumps(json.loads(path.read_bytes())) for path in sorted(SEEDS.glob("*.json"))]
    several = tmp_path / "articles.jsonl.gz"
    several.write_bytes(gzip.compress("\n".join([*records, '{"text": 1}', *reversed(records)]).encode()))
    one, two = eventwire("code", several), eventwire("code", "--jobs", "2", several)
    assert (one.returncode, two.returncode) == (3, 3), two.stderr.decode()
    assert one.stdout == two.stdout
    assert b"11 received, 10 coded, 1 rejected (" in two.stderr


def test_a_reader_that_goes_away_ends_the_command_without_a_traceback() -> None:
    command = [sys.executable, "-m", "service", "code", str(SEEDS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=CHECKOUT) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 1


def test_an_interrupt_ends_coding_and_its_processes_with_130(tmp_path: Path) -> None:
    started = tmp_path / "first event"
    command = [sys.executable, "-m", "service", "code", "--jobs", "2", "-"]
    with (
        started.open("wb") as out,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE, cwd=CHECKOUT, start_new_session=True
        ) as process,
    ):
        assert process.stdin
        assert process.stderr
        record = json.dumps(json.loads((SEEDS / "aleppo-2016-12-08.json").read_bytes())).encode() + b"\n"
        process.stdin.write(record * 40)
        process.stdin.flush()
        while not started.stat().st_size and process.poll() is None:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert b"Traceback" not in process.stderr.read()
        assert process.wait() == 130


def test_the_bench_gives_figures_and_their_ratio() -> None:
    for what, figures in (("code", 3), ("dedup", 4)):
        done = eventwire("bench", what, "--seconds", "0.1")
        assert done.returncode == 0, done.stderr.decode()
        *rates, ratio = lines(done.stdout)
        assert len(rates) == figures - 1
        assert all(rate["value"] > 0 for rate in rates)
        assert ratio["value"] > 0
        assert ratio["unit"] == "ratio"
