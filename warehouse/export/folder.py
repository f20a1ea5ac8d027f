"""Replaces a folder by a new one in one step, so that a failed export leaves no incomplete folder."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from warehouse.base.errors import FolderInUse
from warehouse.export import data_package, manifest


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yields a new folder, which replaces `folder` at the end. After an exception `folder` is as it was.

    Raises FolderInUse, before anything is written, unless `folder` is missing, empty or an earlier export.
    """
    folder = folder.resolve()
    _check_replaceable(folder)
    unfinished = _beside(folder)
    unfinished.mkdir(parents=True)
    try:
        yield unfinished
        _put_in_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _check_replaceable(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderInUse(f"{folder} is a file")
    present = files_in(folder)
    if foreign := sorted(present - _exported(folder, present)):
        raise FolderInUse(f"{folder} holds {', '.join(foreign[:3])}{' …' if len(foreign) > 3 else ''}")


def files_in(folder: Path) -> set[str]:
    """The files in a folder and in the folders below it, by their paths relative to it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}


def _exported(folder: Path, present: set[str]) -> set[str]:
    if manifest.NAME in present:
        return {manifest.NAME, *(file.file for file in manifest.read(folder).files)}
    if data_package.NAME in present:
        return {data_package.NAME, *data_package.read(folder).files}
    return set()


def _put_in_place(unfinished: Path, folder: Path) -> None:
    former = _beside(folder)
    if folder.exists():
        folder.rename(former)
    try:
        unfinished.rename(folder)
    except OSError:
        if former.exists():
            former.rename(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
