"""docker-compose.yml says what the product needs, and nothing in it is open by accident. No engine is needed."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
OURS = {"web", "streams", "worker", "beat", "migrate"}


def test_every_part_of_the_product_is_there() -> None:
    assert {"web", "streams", "worker", "beat", "postgres", "redis", "front", "mail"} <= set(SERVICES)


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_processes_run_without_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] not in {"root", "0", "0:0"}
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "ports" not in service, "only the front is reached from outside"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_names_that_a_service_refers_to_exist(name: str) -> None:
    service = SERVICES[name]
    assert service.get("image"), "an image with a version"
    assert ":" in service["image"]
    assert not service["image"].endswith(":latest")
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    assert set(service.get("networks", {})) <= set(FILE["networks"])
    named = {volume.partition(":")[0] for volume in service.get("volumes", []) if not volume.startswith((".", "/"))}
    assert named <= set(FILE["volumes"])


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check(name: str) -> None:
    # the image's own check asks the web server; every other program says how it is asked
    assert "healthcheck" in SERVICES[name] or name in {"web", "streams"}
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_what_others_wait_for_has_a_health_check() -> None:
    for service in SERVICES.values():
        for waited, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[waited] or waited in {"web", "streams"}


def test_secrets_come_from_the_environment_and_are_asked_for() -> None:
    for secret in ("POSTGRES_PASSWORD", "SMARTPOS_SECRET_KEY", "SMARTPOS_PIN_KEY", "SMARTPOS_DOMAIN"):
        assert f"${{{secret}:?" in TEXT
    example = (ROOT / "deploy" / "compose.env.example").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_exactly_one_scheduler_and_databases_nobody_outside_reaches() -> None:
    assert sum("beat" in str(service.get("command")) for service in SERVICES.values()) == 1
    assert FILE["networks"]["inner"]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inner"]
        assert "ports" not in SERVICES[name]


def test_forwarded_addresses_are_believed_from_the_front_alone() -> None:
    address = SERVICES["front"]["networks"]["edge"]["ipv4_address"]
    assert SERVICES["web"]["environment"]["SMARTPOS_TRUSTED_PROXIES"] == address


def test_the_image_ends_without_root() -> None:
    last_stage = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)", last_stage, re.MULTILINE) == ["smartpos"]
    assert "HEALTHCHECK" in last_stage
