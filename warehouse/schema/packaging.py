"""Copies sql/, migrations/ and alembic.ini from the top of the checkout into the package when a wheel is built, and
compiles the catalogues of messages.

setuptools runs it when it builds a wheel or an sdist (pyproject.toml, `tool.setuptools.cmdclass`). An editable
installation copies nothing, and compiles the catalogues in the checkout. `warehouse.base.project_files` finds the files
at run time.
"""

from pathlib import Path

from setuptools.command.build_py import build_py

from warehouse.schema.catalogues import compile_catalogues

PACKAGE = "warehouse"
FILES = ("alembic.ini", "migrations/**/*", "sql/**/*")


class BuildWithSql(build_py):
    """The build step of setuptools, extended by these files."""

    def run(self) -> None:
        compile_catalogues()
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
