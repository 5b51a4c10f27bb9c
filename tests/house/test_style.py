"""House rules that no linter has."""

import ast
import re

from tests.house.sources import Module, modules, texts

LONGEST_MODULE, LONG_MODULE = 300, 150
LONGEST_FUNCTION, LONG_FUNCTION = 60, 30
FEW = 0.2
"""Most modules and functions keep to the shorter measure."""

LEFT_WORK = re.compile(r"\b(TO[D]O|FIX[M]E)\b")
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|Users|home/\w+)/")
TOP_LEVEL = {
    ".ci", ".dockerignore", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "deploy", "pyproject.toml", "schemas",
    "seeds", "service", "tests",
}  # fmt: skip


def test_no_module_is_longer_than_one_can_hold_in_mind() -> None:
    assert [f"{module.path}: {module.lines}" for module in modules() if module.lines > LONGEST_MODULE] == []


def test_few_modules_are_long() -> None:
    long = [f"{module.path}: {module.lines}" for module in modules() if module.lines > LONG_MODULE]
    assert len(long) <= FEW * len(modules()), long


def test_no_function_is_longer_than_a_screen() -> None:
    found = [f"{name}: {lines}" for module in modules() for name, lines in module.functions()]
    assert [name for name in found if int(name.rpartition(" ")[2]) > LONGEST_FUNCTION] == []


def test_few_functions_are_long() -> None:
    functions = [function for module in modules() for function in module.functions()]
    long = [name for name, lines in functions if lines > LONG_FUNCTION]
    assert len(long) <= FEW * len(functions), long


def test_no_error_is_swallowed_without_a_reason_beside_it() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.Call | ast.ExceptHandler) and _swallows(node) and not _has_a_comment(module, node)
    ]
    assert found == []


def _has_a_comment(module: Module, node: ast.Call | ast.ExceptHandler) -> bool:
    return "  # " in texts()[module.path].splitlines()[node.lineno - 1]


def _swallows(node: ast.AST) -> bool:
    """Whether it is a handler that does nothing with any error at all, or a suppression of them all."""
    if isinstance(node, ast.ExceptHandler):
        idle = all(isinstance(s, ast.Pass | ast.Continue | ast.Break) or _is_ellipsis(s) for s in node.body)
        return idle and (node.type is None or _names_any_error(node.type))
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) == "suppress":
        return any(_names_any_error(argument) for argument in node.args)
    return False


def _is_ellipsis(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and ast.unparse(statement) == "..."


def _names_any_error(node: ast.expr) -> bool:
    return bool({"Exception", "BaseException"} & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)})


def test_no_work_is_left_in_comments() -> None:
    assert _lines_with(LEFT_WORK) == []


def test_no_path_of_a_machine_is_in_a_file() -> None:
    assert _lines_with(OF_A_MACHINE) == []


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number} {line.strip()}"
        for path, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_top_level_is_as_laid_out() -> None:
    assert {path.parts[0] for path in texts()} == TOP_LEVEL


def test_what_a_test_shows_can_be_read_from_its_name() -> None:
    short = [
        name
        for module in modules()
        for name, _ in module.functions()
        if re.search(r" test_[a-z0-9]+(_[a-z0-9]+)?$", name)
    ]
    assert short == []
