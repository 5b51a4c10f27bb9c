"""A worker's /metrics, read from outside."""

import urllib.request
from dataclasses import dataclass, fields

from prometheus_client.parser import text_string_to_metric_families

from service.metrics import PREFIX

TIMEOUT_SECONDS = 5


def read_metrics(url: str) -> dict[str, float]:
    """The samples under their names without prefix, summed over their labels.

    Raises:
        OSError: nobody answers there, or not with metrics.
    """
    with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - the caller's own worker
        text = answer.read().decode("utf-8")
    sums: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            name = sample.name.removeprefix(PREFIX)
            sums[name] = sums.get(name, 0.0) + sample.value
    return sums


@dataclass(frozen=True, slots=True)
class Totals:
    """What became of articles and events so far: received = coded + rejected, extracted = filtered + handed on."""

    articles_received: int
    articles_coded: int
    articles_rejected: int
    events_extracted: int
    events_filtered: int
    events_coded: int
    events_duplicate: int
    events_published: int

    @classmethod
    def of(cls, metrics: dict[str, float]) -> "Totals":
        return cls(**{field.name: int(metrics.get(f"{field.name}_total", 0)) for field in fields(cls)})

    def done(self, articles: int) -> bool:
        """Whether so many articles went the whole way."""
        return (
            self.articles_coded + self.articles_rejected >= articles
            and self.events_published + self.events_duplicate >= self.events_coded
        )
