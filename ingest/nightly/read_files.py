"""Reads many files, several at a time and each in a process of its own; of an archive every disclosure in it."""

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from ingest.about.archives import Ask, Disclosure, disclosures_in, renamed, with_packed
from ingest.about.files import Said
from ingest.errors import IngestError, PublisherError
from ingest.isolation import (
    KeptPages,
    Limits,
    Pages,
    each_made_ahead,
    extract_isolated,
    said_at_once,
    said_isolated,
    stop_reading,
)
from ingest.isolation.kept_pages import RECOGNISED
from ingest.readers import is_archive
from ingest.readers.parts import Part
from ingest.readers.pdf.scan.models import is_installed
from ingest.version import parser_version
from warehouse.base.config import Settings
from warehouse.records.reading import Extraction

IN_THIS_PROCESS = 0  # value of `jobs` for a debugger; the limits do not apply then

Read = Extraction | IngestError


@dataclass(frozen=True, slots=True)
class Readers:
    """How a disclosure is read, and how a file is asked whose it is."""

    extract: Callable[..., Extraction]
    ask: Ask


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was read of a file, or why it was not. A file in an archive has the path of the archive before its own."""

    path: Path
    read: Read


def default_jobs() -> int:
    """The number of cores available to this process, at most 4, because with more the loading is the bottleneck."""
    return min(4, len(os.sched_getaffinity(0)))


def limits_of(settings: Settings) -> Limits:
    return Limits(
        settings.max_memory_mb, settings.max_seconds, settings.max_pages, must_confine=settings.require_confinement
    )


def reading_version() -> str:
    """The version of what is read on this machine. A document without pictures has the version without +ocr."""
    return parser_version(is_installed())


def kept_pages(settings: Settings) -> KeptPages:
    """What was recognised on pages that are pictures, beside the archive."""
    return KeptPages(settings.archive_folder / RECOGNISED)


def asking(settings: Settings) -> Ask:
    """Whose a file is, asked within the limits that hold for reading, without recognising its pictures."""
    return partial(said_at_once, kept=kept_pages(settings), limits=limits_of(settings))


def recognise_packed(archive: Part, limits: Limits, pages: Pages) -> int:
    """Recognises the documents in an archive that have nothing but pictures; returns how many pages these are.

    `pages` is told of all of them together.
    """
    done = 0

    def ask(file: Path) -> Said:
        before = done

        def reached(here: int, of: int) -> None:
            nonlocal done
            done = before + here
            pages.reached(done, before + of)

        return said_isolated(file, limits, replace(pages, reached=reached))

    with tempfile.TemporaryDirectory() as folder, suppress(PublisherError):
        disclosures_in(archive.path, archive.name, Path(folder), ask)
    return done


def read_each(
    paths: Iterable[Path], jobs: int, limits: Limits | None = None, attachments: Sequence[Part] = ()
) -> Iterator[tuple[Path, list[FileRead]]]:
    """Each file with what was read of it, in their order; `jobs` of them are read at a time."""
    if jobs == IN_THIS_PROCESS:
        here = _in_this_process()
        return ((path, _read(path, here, attachments)) for path in paths)
    settings = Settings()
    limits, pages = limits or limits_of(settings), Pages(kept_pages(settings))
    return _ahead(each_made_ahead(paths, limits), _isolated(limits, pages), jobs, attachments)


def _in_this_process() -> Readers:
    from ingest.about.files import said_of  # otherwise only the reading processes need the readers
    from ingest.pipeline import extract
    from ingest.readers import read
    from warehouse.kinds.kind import load_kinds

    return Readers(extract, lambda path: said_of(read(path), load_kinds()))


def _isolated(limits: Limits, pages: Pages) -> Readers:
    def extract(path: Path, attachments: Sequence[Part] = ()) -> Extraction:
        return extract_isolated(path, limits=limits, attachments=attachments, pages=pages)

    return Readers(extract, partial(said_isolated, limits=limits, pages=pages))


def _ahead(
    paths: Iterable[Path], readers: Readers, jobs: int, attachments: Sequence[Part]
) -> Iterator[tuple[Path, list[FileRead]]]:
    """Reads the next files while one is loaded. What 2 × jobs of them say is in memory at most."""
    waiting = iter(paths)
    begun: deque[tuple[Path, Future[list[FileRead]]]] = deque()
    pool = ThreadPoolExecutor(jobs)
    try:
        while True:
            for path in islice(waiting, 2 * jobs - 1 - len(begun)):
                begun.append((path, pool.submit(_read, path, readers, attachments)))
            if not begun:
                return
            path, future = begun.popleft()
            yield path, future.result()
    finally:
        if begun:  # the caller stopped early: readings in progress are no longer needed
            stop_reading()
        pool.shutdown(cancel_futures=True)


def _read(path: Path, readers: Readers, attachments: Sequence[Part]) -> list[FileRead]:
    if not attachments and is_archive(path):
        return list(_read_archive(path, readers))
    try:
        with tempfile.TemporaryDirectory() as folder:
            main, *others = with_packed([Part.of(path), *attachments], Path(folder))
            return [FileRead(path, readers.extract(main.path, attachments=others))]
    except IngestError as error:
        return [FileRead(path, error)]


def _read_archive(path: Path, readers: Readers) -> Iterator[FileRead]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            opened = disclosures_in(path, Part.of(path).name, Path(folder), readers.ask)
        except IngestError as error:
            yield FileRead(path, error)
            return
        alone = Part.of(path).name if len(opened.disclosures) == 1 else None
        for disclosure in opened.disclosures:
            yield FileRead(path / disclosure.main.name, _read_packed(path, disclosure, readers, alone))
        yield from (FileRead(path, error) for error in opened.refused)


def _read_packed(archive: Path, disclosure: Disclosure, readers: Readers, alone: str | None) -> Read:
    main, *others = disclosure.files
    try:
        read = readers.extract(main.path, attachments=others)
        return replace(read, source=replace(read.source, name=main.name, archive=alone))
    except IngestError as error:
        packed = dict(zip((main.path.name, *(one.name for one in others)), disclosure.packed, strict=True))
        return renamed(error, f"{Part.of(archive).name}: {packed.get(error.file, disclosure.packed[0])}")
