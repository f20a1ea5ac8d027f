"""Where sql/, migrations/ and alembic.ini are: at the top of a checkout; in an installed wheel inside this package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
IS_INSTALLED = (_PACKAGE / "alembic.ini").is_file()
ROOT = _PACKAGE if IS_INSTALLED else _PACKAGE.parent
