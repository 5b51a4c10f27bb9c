"""The demo's output, and the part of it that README shows. ``python -m tests.system.readme_demo`` writes it there."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from tests.processes import CHECKOUT

README = CHECKOUT / "README.md"
BLOCK = re.compile("(?<=<!-- demo -->\n```\n).*?(?=```\n<!-- /demo -->)", re.DOTALL)
SHOWN = re.compile(r"CONSULT.*Hamburg|2016-12-08 +ACCUSE/disapprove|now 2 articles")
"""Events that README shows: a meeting, a statement of six countries, and what two publishers report."""
LEFT_OUT = "...\n"
TOTALS = "articles  "
PORT = re.compile(r"(?<=http://127\.0\.0\.1:)\d+")
DEMO_SECONDS = 120
"""It promises 60 on two cores of its own; here other tests run beside it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What the demo wrote to stdout: a line for each event, in any order, and the totals."""

    code: int
    events: tuple[str, ...]
    totals: str
    messages: str


@cache
def demo() -> Printed:
    """The demo's output, of one run."""
    done = subprocess.run(
        [sys.executable, "-m", "service", "demo"], capture_output=True, text=True, cwd=CHECKOUT, check=False,
        timeout=DEMO_SECONDS, env={**os.environ, "EVENTWIRE_BOOTSTRAP_SERVERS": "no.such.broker:1"},
    )  # fmt: skip
    events, _, totals = done.stdout.partition(f"\n{TOTALS}")
    return Printed(done.returncode, tuple(events.splitlines()), PORT.sub("6066", TOTALS + totals), done.stderr)


def excerpt(printed: Printed) -> str:
    """The part for README: some events by date, and the totals."""
    shown = sorted(line for line in printed.events if SHOWN.search(line))
    return "".join(f"{line}\n" for line in shown) + LEFT_OUT + "\n" + printed.totals


def in_readme() -> str:
    """What README shows now.

    Raises:
        ValueError: README has no place for it.
    """
    found = BLOCK.search(README.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError("README.md has no block between <!-- demo --> and <!-- /demo -->")
    return found.group()


if __name__ == "__main__":
    in_readme()
    if demo().code:
        sys.exit(demo().messages)
    README.write_text(BLOCK.sub(lambda _: excerpt(demo()), README.read_text(encoding="utf-8")), encoding="utf-8")
