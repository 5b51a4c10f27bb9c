"""The words of the trade: articles, events, actors, places, evidence, and what becomes of bad input.

Everything here is frozen. The JSON forms are described by ``schemas/*.schema.json``, which tests hold equal to these.
"""

import datetime as dt
import uuid
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Modality = Literal["actual", "future", "hypothetical", "negated", "historical"]
DatePrecision = Literal["day", "week", "month", "year"]
DateBasis = Literal["stated", "relative", "publication"]
Resolution = Literal["office", "name", "title", "apposition", "demonym", "coreference", "place", "agent", "none"]
RejectReason = Literal["no_text", "not_utf8", "not_json", "schema", "unsupported_language", "too_large", "internal"]
HoldReason = Literal["modality", "confidence", "no_actor"]

ARTICLE_NAMESPACE = uuid.UUID("6f1d3b0e-6c53-5d4e-9a1e-0d8a5f6b7c21")
"""Namespace of the identifiers given to articles that bring none. Never changes."""


class Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", serialize_by_alias=True, validate_by_name=True, validate_by_alias=True
    )


def _article_id(known: dict[str, object]) -> str:
    """UUIDv5 of the url; without one, of source, title and text."""
    name = known.get("url") or "\n".join(str(known.get(field) or "") for field in ("source", "title", "text"))
    return str(uuid.uuid5(ARTICLE_NAMESPACE, str(name)))


class Article(Frozen):
    """A news article as it arrives on the input topic."""

    url: str | None = Field(None, description="Where it was published")
    source: str | None = Field(None, description="Publisher")
    title: str | None = Field(None, description="Headline; coded as a sentence of its own unless the text repeats it")
    text: str = Field(description="Body, plain text")
    published_at: AwareDatetime = Field(description="RFC 3339 with offset; the offset gives the local day")
    language: str = Field("en", description="ISO 639-1 code; only en is coded")
    id: Annotated[str, StringConstraints(min_length=1)] = Field(
        default_factory=_article_id,
        description="Identifier; by default a UUIDv5 of url, else of source, title and text",
    )


class Actor(Frozen):
    """A party to an event, resolved as far as it is safe."""

    text: str = Field(description="The words in the article")
    name: str | None = Field(None, description="Canonical name")
    code: str | None = Field(None, description="Country and sector: SYRGOV, USA, ---REB; null where neither is known")
    country: str | None = Field(None, description="ISO 3166 alpha-3, or IGO UNO EUR NGO ISM IMG MNC")
    sector: str | None = Field(None, description="PLOVER sector: GOV, MIL, REB and so on")
    resolution: Resolution = Field("none", description="How the code was found")


class Place(Frozen):
    """Where the event itself took place. Coordinates are WGS 84 degrees."""

    text: str
    name: str | None = None
    country: str | None = Field(None, description="ISO 3166 alpha-3")
    admin1: str | None = Field(None, description="First-level division, by name")
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    geonames_id: int | None = None


Span = tuple[int, int]
"""Half-open range of Unicode code points of the article's text (or title)."""


class Evidence(Frozen):
    """One mention of the event: the sentence, and which of its words say what."""

    sentence: str
    part: Literal["text", "title"] = Field(
        "text", alias="in", description="Which part of the article the offsets count in"
    )
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    trigger: Span
    actor: Span | None = None
    recipient: Span | None = None
    location: Span | None = None
    date: Span | None = None


class ArticleReference(Frozen):
    """The article that gave the event first."""

    id: str
    url: str | None = None
    source: str | None = None
    title: str | None = None
    published_at: AwareDatetime

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(
            id=article.id,
            url=article.url,
            source=article.source,
            title=article.title,
            published_at=article.published_at,
        )


class CoderInfo(Frozen):
    """Which coder gave the event: another version may resolve an actor otherwise, and then gives another id."""

    name: str = "eventwire"
    version: str
    network: str


class Event(Frozen):
    """Who did what to whom, when and where."""

    event_id: str = Field(description="UUIDv5 of the identity: the same input gives the same id on any machine")
    identity: str = Field(description="scope | type | other party: what makes two reports one event")
    revision: int = Field(1, ge=1, description="1 on the events topic, 2 and up on events.updates")
    date: dt.date = Field(description="First day of the period in which it happened")
    date_precision: DatePrecision = "day"
    date_basis: DateBasis = "publication"
    planned_date: dt.date | None = Field(None, description="A stated day after publication, for what is still to come")
    type: EventType
    mode: str | None = None
    quad: Literal[1, 2, 3, 4] = Field(
        description="1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    )
    cameo: str = Field(description="CAMEO root code")
    intensity: float = Field(ge=-10, le=10, description="PLOVER scale: conflict negative, cooperation positive")
    modality: Modality = "actual"
    actor: Actor
    recipient: Actor | None = None
    location: Place | None = None
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="One entry for each mention, the best first")
    confidence: float = Field(ge=0, le=1)
    article: ArticleReference
    articles: int = Field(1, ge=1, description="Number of distinct articles")
    sources: tuple[str, ...] = Field((), max_length=50, description="Distinct publishers")
    first_seen: AwareDatetime | None = Field(
        None, description="Timestamp of the first record; null before deduplication"
    )
    last_seen: AwareDatetime | None = None
    coder: CoderInfo


class Held(Frozen):
    """An event that was found and held back, with the reason."""

    article_id: str
    reason: HoldReason
    type: EventType
    mode: str | None = None
    modality: Modality
    date: dt.date
    actor: Actor | None = None
    recipient: Actor | None = None
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Rejected(Frozen):
    """Input that can't be coded, as a value: ``detail`` names the field or the place and the fault."""

    reason: RejectReason
    detail: str
