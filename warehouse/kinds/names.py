"""The names of the kinds of document, known without reading their declarations."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
FINAL_ACCOUNTS = "final_accounts"


def kind_names() -> tuple[str, ...]:
    """The folders that declare a kind of the project, in the order of their names."""
    return tuple(path.parent.name for path in sorted(FOLDER.glob("*/kind.toml")))
