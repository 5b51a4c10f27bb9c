"""What ships beside the code: the topic table and schemas, and the articles of the demo.

In a checkout these are folders at the top level, where a reader looks for them; in an installed distribution they lie
in this package (see ``package-dir`` in pyproject.toml).
"""

from pathlib import Path

HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder ``schemas`` or ``seeds``, installed or of the checkout.

    Raises:
        FileNotFoundError: neither is there; the installation is incomplete.
    """
    for parent in (HERE, HERE.parents[1]):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"{name}: neither in {HERE} nor in {HERE.parents[1]}; install eventwire again")
