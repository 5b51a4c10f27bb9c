"""The settings as README shows them. ``python -m tests.house.settings_table`` writes them there."""

import re

from pydantic import SecretStr

from service.config import Settings
from tests.processes import CHECKOUT

README = CHECKOUT / "README.md"
BEGIN, END = "<!-- settings -->", "<!-- /settings -->"
BLOCK = re.compile(f"(?<={BEGIN}\n).*(?={END})", re.DOTALL)

COMPUTED = {
    "instance_id": "the host's name",
    "data_dir": "the user's data folder",
    "coder_processes": "number of cores",
}
"""What defaults that differ from machine to machine are."""


def settings_table() -> str:
    """A Markdown table of every setting: name, default, meaning with its unit."""
    rows = (
        f"| `EVENTWIRE_{name.upper()}` | {_default(name)} | {about.description} |\n"
        for name, about in Settings.model_fields.items()
    )
    return "| Setting | Default | Meaning |\n|---|---|---|\n" + "".join(rows)


def _default(name: str) -> str:
    if name in COMPUTED:
        return COMPUTED[name]
    default = Settings.model_fields[name].default
    if default is None or default == () or isinstance(default, SecretStr):
        return "none"
    return f"`{', '.join(default) if isinstance(default, tuple) else default}`"


def written() -> str:
    """The table that README holds now.

    Raises:
        ValueError: README has no place for it.
    """
    found = BLOCK.search(README.read_text())
    if found is None:
        raise ValueError(f"README.md has no lines {BEGIN} and {END}")
    return found.group()


if __name__ == "__main__":
    written()
    README.write_text(BLOCK.sub(lambda _: settings_table(), README.read_text()))
