"""docker-compose.yml against the Compose specification; no Docker engine is needed, and none was used."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

FILE = Path(__file__).parents[1] / "docker-compose.yml"


def validate(file):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load(FILE.read_text("utf-8"))["services"]


def test_it_is_valid():
    result = validate(FILE)
    assert result.returncode == 0, result.stdout


def test_the_validation_finds_a_fault(tmp_path):
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(
        FILE.read_text("utf-8").replace("    image: postgres:", "    picture: postgres:"), encoding="utf-8"
    )
    assert validate(wrong).returncode == 1


def test_metabase_is_started_only_when_asked_for(services):
    assert [name for name, service in services.items() if "profiles" in service] == ["metabase"]


def test_services_start_after_the_schema_is_upgraded(services):
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("worker", "metabase"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_every_named_service_exists(services):
    assert {other for service in services.values() for other in service.get("depends_on", ())} <= services.keys()


def test_ports_are_open_to_this_machine_only(services):
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert ports and all(port.startswith("127.0.0.1:") for port in ports)


def test_every_path_that_the_image_copies_exists(services):
    lines = services["worker"]["build"]["dockerfile_inline"].splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    assert copied and [name for name in copied if not (FILE.parent / name).exists()] == []
