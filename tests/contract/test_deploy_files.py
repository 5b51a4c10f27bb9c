"""The files under deploy/ agree with the code, with each other and with the build."""

import fnmatch
import itertools
import re
import xml.etree.ElementTree as ET

import pytest
import yaml

from service.config import Settings
from tests.contract.deploy_files import (
    DEPLOY,
    copied_from_the_context,
    dockerfile,
    healthcheck,
    panel_queries,
    panels,
    services,
)
from tests.processes import CHECKOUT

MAVEN = {"maven": "http://maven.apache.org/POM/4.0.0"}
RANGE = re.compile(r"\[(.+?)\]")


def env_names() -> set[str]:
    """The settings that the image and the services are given."""
    words = itertools.chain.from_iterable(i.rest.split() for i in dockerfile() if i.name == "ENV")
    given = {word.partition("=")[0] for word in words}
    for service in services().values():
        given |= service.get("environment", {}).keys()
    return {name for name in given if name.startswith("EVENTWIRE_")}


@pytest.mark.parametrize("source", copied_from_the_context())
def test_what_the_image_copies_is_there_and_reaches_the_builder(source: str) -> None:
    assert (CHECKOUT / source).exists()
    lines = (CHECKOUT / ".dockerignore").read_text().splitlines()
    assert f"!{source}" in lines
    assert source not in lines


def test_nothing_reaches_the_builder_unasked() -> None:
    lines = [
        line for line in (CHECKOUT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")
    ]
    assert lines[0] == "*"
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied_from_the_context())


def test_the_image_carries_every_folder_that_ships() -> None:
    copied = copied_from_the_context()
    packaging = re.findall(r'^"service\.[\w.]+" = "([\w/]+)"', (CHECKOUT / "pyproject.toml").read_text(), re.MULTILINE)
    assert packaging
    assert all(any(folder == source or folder.startswith(f"{source}/") for source in copied) for folder in packaging)


def test_the_image_runs_as_a_user_of_its_own_and_without_the_build() -> None:
    final = [i for i in dockerfile() if i.stage == max(other.stage for other in dockerfile())]
    assert [i.name for i in final if i.name == "USER"] == ["USER"]
    assert next(i.rest for i in final if i.name == "USER").isdigit()
    assert not any(fnmatch.fnmatch(i.rest, "*pip install*") for i in final)


def test_the_image_is_checked_by_its_progress() -> None:
    assert any("/health/live" in word for word in healthcheck())


def test_every_setting_that_is_given_exists() -> None:
    assert env_names() <= {f"EVENTWIRE_{name.upper()}" for name in Settings.model_fields}


def test_compose_and_the_tests_run_the_same_broker() -> None:
    version = ET.parse(DEPLOY / "kafka" / "pom.xml").findtext(".//maven:kafka.version", namespaces=MAVEN)
    assert services()["broker"]["image"] == f"apache/kafka:{version}"


def test_no_port_is_open_to_other_machines() -> None:
    ports = [port for service in services().values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_what_compose_mounts_is_there() -> None:
    mounted = [volume for service in services().values() for volume in service.get("volumes", ())]
    folders = [volume.split(":")[0] for volume in mounted if volume.startswith(".")]
    assert folders
    assert all((DEPLOY / folder).is_dir() for folder in folders)


def test_grafana_finds_its_data_source_and_its_dashboard() -> None:
    provisioning = DEPLOY / "grafana" / "provisioning"
    source = yaml.safe_load((provisioning / "datasources" / "prometheus.yml").read_text())["datasources"][0]
    assert all(target["datasource"]["uid"] == source["uid"] for panel in panels() for target in panel["targets"])
    provider = yaml.safe_load((provisioning / "dashboards" / "eventwire.yml").read_text())["providers"][0]
    assert f"./grafana/dashboards:{provider['options']['path']}:ro" in services()["grafana"]["volumes"]


def test_prometheus_asks_the_port_that_the_worker_serves() -> None:
    config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    found = config["scrape_configs"][0]["dns_sd_configs"][0]
    assert found["names"] == ["worker"]
    assert "worker" in services()
    assert found["port"] == Settings.model_fields["web_port"].default


def test_panels_have_titles_of_their_own_and_do_not_overlap() -> None:
    assert len({panel["id"] for panel in panels()}) == len(panels())
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        at = panel["gridPos"]
        cells = set(itertools.product(range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"])))
        assert panel["title"]
        assert not cells & taken
        taken |= cells
    assert max(x for x, _ in taken) < 24


def test_a_dashboard_follows_the_interval_that_it_is_scraped_with() -> None:
    assert {found for query in panel_queries().values() for found in RANGE.findall(query)} == {"$__rate_interval", "1h"}
