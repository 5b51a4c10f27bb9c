"""The dateline of a report, "HAMBURG, Germany (AP) -- ": no part of the first sentence; it says where it was filed."""

import re
from dataclasses import dataclass

_MONTHS = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
_DAY = rf"{_MONTHS}[a-z.]*\s\d\d?(?:,?\s(?:19|20)\d\d)?"
_DATELINE = re.compile(
    rf"\s*(?:(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’ -]{{2,40}}(?:,\s?(?!{_MONTHS})[A-Z][\w.'’ -]{{2,30}}?)?)"
    rf"(?:,\s?{_DAY})?(?:\s?\((?P<agency>[\w .'’/-]{{2,40}})\))?"
    rf"|(?P<town>[A-ZÀ-ÖØ-Þ][\w.'’ -]{{2,30}}?(?:,\s?(?!{_MONTHS})[A-Z][\w.'’ -]{{2,30}}?)?)"
    rf"(?:,\s?{_DAY})?\s?\([\w .'’/-]{{2,40}}\))"
    r"\s?(?:--|—|–|-|_|:)\s+(?=[\"“'‘]?[A-Z0-9À-ÖØ-Þ])"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """``place`` as written; the report begins at code point ``end``."""

    place: str
    end: int


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the beginning of ``text``, if there is one."""
    match = _DATELINE.match(text)
    if not match:
        return None
    return Dateline((match["place"] or match["town"]).strip(" ,"), match.end())
