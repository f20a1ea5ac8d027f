"""The documents name every command and only files that exist, and no file contains paths or hosts of one machine."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ingest.cli.main import main
from ingest.readers import FORMATS, documentation

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
# Joined here from parts, so that the search does not find this file.
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("docker", "io"), ("ghcr", "io"),
    ("proxy", "golang", "org"), ("index", "crates", "io"), ("deb", "debian", "org"),
)]  # fmt: skip
MACHINE = re.compile(rf"(?<![\w.])/(?:{'|'.join(('work', 'farm', 'root'))})/")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".sql",
    ".ini",
    ".txt",
    ".csv",
    ".json",
    ".cfg",
    ".sh",
    ".mako",
    ".html",
    "",
}


def repository() -> list[Path]:
    """The text files of the repository, including files that are not yet committed."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    found = subprocess.run(listing, cwd=ROOT, capture_output=True)
    if found.returncode:
        pytest.skip("this is no git repository")
    names = [name for name in found.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if Path(name).suffix in TEXT and (ROOT / name).is_file()]


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace")


def commands(group: click.Group, prefix: str = "juesuan") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}"


@pytest.mark.parametrize("command", list(commands(main)))
def test_every_command_is_named(command):
    *group, name = command.split()
    together = rf"{re.escape(' '.join(group))} [\w |]*\b{re.escape(name)}\b"  # juesuan db start|stop|upgrade
    assert re.search(together, " ".join(text_of(ROOT / "docs" / "commands.md").replace("`", "").split()))


def test_the_readme_has_at_most_120_lines():
    assert len(text_of(README).splitlines()) <= 120


@pytest.mark.parametrize("document", [f for f in repository() if f.suffix == ".md"], ids=lambda f: f.name)
def test_every_file_that_a_document_names_exists(document):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of(document))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_document_that_the_code_names_exists():
    """Messages, help texts and comments name documents, such as docs/nightly.md."""
    code = [file for file in repository() if file.suffix in (".py", ".sql", ".toml", ".html", ".yml")]
    named = {(file.name, path) for file in code for path in re.findall(r"\bdocs/[\w/]+\.md\b", text_of(file))}
    assert len(named) > 5
    assert [(name, path) for name, path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_formats_are_those_of_the_registry():
    """The table of docs/formats.md has a row for each format of the registry, and no other row."""
    text = documentation.FILE.read_text("utf-8")
    assert text == documentation.render(text, FORMATS), "python -m ingest.readers.documentation writes it anew"
    assert [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")][1:] == [
        one.name for one in FORMATS
    ]


def test_no_file_names_the_host_of_a_package_registry():
    named = {host: [f.name for f in repository() if host in text_of(f)] for host in REGISTRIES}
    assert {host: names for host, names in named.items() if names} == {}


def test_no_file_carries_a_path_of_this_machine():
    assert [str(file.relative_to(ROOT)) for file in repository() if MACHINE.search(text_of(file))] == []


def known_bodies() -> set[str]:
    """Departments, cities, counties and file names of samples; some are those of real documents."""
    names: set[str] = set()
    for profile in (ROOT / "samples" / "figures").glob("*/profile.json"):
        about = json.loads(profile.read_text("utf-8"))
        names |= {about[field] for field in ("department", "city", "county") if about[field]}
        names |= {profile.parent.name, profile.parent.name.split("_")[0]}
    return names | {name[:-1] for name in names if len(name) > 2 and name[-1] in "市县区"}


def test_no_code_depends_on_the_name_of_a_document():
    code = [*(ROOT / "ingest").rglob("*"), *(ROOT / "warehouse").rglob("*.py"), *(ROOT / "sql").rglob("*.sql")]
    code += (ROOT / "migrations").rglob("*.py")
    texts = {f: text_of(f) for f in code if f.suffix in (".py", ".toml", ".sql", ".html", ".css", ".js")}
    bodies = known_bodies()
    assert len(bodies) > 20 and len(texts) > 50
    assert [(str(f.relative_to(ROOT)), name) for f, text in texts.items() for name in bodies if name in text] == []
