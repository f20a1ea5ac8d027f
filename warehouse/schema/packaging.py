"""Copies sql/, migrations/ and alembic.ini from the top of the checkout into the package when a wheel is built, and
compiles the catalogues of messages.

setuptools runs it when it builds a wheel or an sdist (pyproject.toml, `tool.setuptools.cmdclass`). An editable
installation copies nothing, and compiles the catalogues in the checkout. `warehouse.base.project_files` finds the files
at run time. Nothing of the project can be imported here: where a build begins, it is not installed.
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools.command.build_py import build_py

PACKAGE = "warehouse"
FILES = ("alembic.ini", "migrations/**/*", "sql/**/*")
CATALOGUES = "warehouse/base/locale/*/LC_MESSAGES/*.po"


def compile_catalogues(checkout: Path) -> list[Path]:
    """Writes the .mo files that are missing or older than their .po file, beside it. Returns those written."""
    return [_compile(source) for source in sorted(checkout.glob(CATALOGUES)) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Written under another name and renamed, because several test processes may compile at the same time."""
    made = source.with_suffix(".mo")
    unfinished = made.with_name(f".{made.name}.{os.getpid()}")
    with source.open("rb") as read, unfinished.open("wb") as written:
        write_mo(written, read_po(read))
    unfinished.replace(made)
    return made


class BuildWithSql(build_py):
    """The build step of setuptools, extended by these files."""

    def finalize_options(self) -> None:
        """The catalogues are compiled first: setuptools looks for package data once, before the build runs."""
        compile_catalogues(Path())
        super().finalize_options()

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for target, source in self._ours().items():
                self.mkpath(str(Path(target).parent))
                self.copy_file(source, target)

    def get_source_files(self) -> list[str]:
        return [*super().get_source_files(), *self._ours().values()]

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        return [*super().get_outputs(include_bytecode), *self._ours()]

    def get_output_mapping(self) -> dict[str, str]:
        return {**super().get_output_mapping(), **self._ours()}

    def _ours(self) -> dict[str, str]:
        """Target path → source path. Sources are relative to the checkout, the working directory of setuptools."""
        found = sorted(path for pattern in FILES for path in Path().glob(pattern))
        sources = [path for path in found if path.is_file() and "__pycache__" not in path.parts]
        return {str(Path(self.build_lib, PACKAGE, source)): str(source) for source in sources}
