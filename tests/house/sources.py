"""The project's own files, as git knows them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.processes import CHECKOUT

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, relative to the checkout; also those not committed yet, but none that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    paths = sorted({Path(name) for name in listed.split("\0") if name})
    return tuple(path for path in paths if (CHECKOUT / path).is_file())


@cache
def texts() -> dict[Path, str]:
    """The content of every file that is text."""
    found: dict[Path, str] = {}
    for path in files():
        content = (CHECKOUT / path).read_bytes()
        if b"\0" not in content:
            found[path] = content.decode(errors="replace")  # an example of bad input may be anything
    return found


@dataclass(frozen=True, slots=True)
class Module:
    """A Python module, read."""

    path: Path
    lines: int
    nodes: tuple[ast.AST, ...]

    def functions(self) -> Iterator[tuple[str, int]]:
        """Name and number of lines of each function and method, with its decorators."""
        for node in self.nodes:
            if isinstance(node, Function):
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                yield f"{self.path}:{first} {node.name}", (node.end_lineno or first) - first + 1


@cache
def modules() -> tuple[Module, ...]:
    return tuple(
        Module(path, text.count("\n"), tuple(ast.walk(ast.parse(text, str(path)))))
        for path, text in texts().items()
        if path.suffix == ".py"
    )
