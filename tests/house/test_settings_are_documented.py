from pydantic_core import PydanticUndefined

from service.config import Settings
from tests.house.settings_table import COMPUTED, settings_table, written


def test_readme_shows_every_setting_as_it_is() -> None:
    assert written() == settings_table(), "python -m tests.house.settings_table brings it up to date"


def test_every_setting_says_what_it_means() -> None:
    assert [name for name, about in Settings.model_fields.items() if not about.description] == []


def test_what_is_computed_is_said_to_be() -> None:
    computed = {name for name, about in Settings.model_fields.items() if about.default is PydanticUndefined}
    assert computed == COMPUTED.keys()
