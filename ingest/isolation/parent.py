"""Has a document read by another process, turns the way that process ended into an error, and validates its answer."""

import atexit
import hashlib
import os
import re
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from ingest import errors
from ingest.about.files import Said
from ingest.isolation.conversions import made_for
from ingest.isolation.kept_pages import KeptPages
from ingest.isolation.limits import MEGABYTE, Limits, for_picture
from ingest.isolation.messages import Answer, Ended, Recognised, Request, decode, encode, error_of
from ingest.isolation.process import ServerProcess
from ingest.readers import format_at
from ingest.readers.crops import Band, Crop, PageImage
from ingest.readers.formats import Format
from ingest.readers.parts import Part, require_few
from ingest.readers.pdf.scan.models import is_installed
from ingest.readers.pdf.scan.pictures import PageRead, PictureOf
from warehouse.base.messages import _
from warehouse.kinds.names import kind_names
from warehouse.records.reading import Extraction

LAST_OF_OUTPUT = 4096  # bytes at the end of a reader's output that are searched for the error
NEAR_THE_LIMIT = 0.5  # of the memory limit: an aborted reader that used more is taken to have run out of memory
_PLACE = re.compile(r'File "[^"\n]*?([^"/\n]+)", line ([0-9]+),? in (\w+)')
OUT_OF_MEMORY, TOO_MUCH, DISK_FULL, NOT_CONFINED = 81, 82, 83, 84  # as ingest.isolation.child ends
FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT}

_server = ServerProcess()
start_reading, stop_reading = _server.start, _server.stop
atexit.register(stop_reading)


@dataclass(frozen=True, slots=True)
class Pages:
    """What is done about pages that are pictures: `kept` holds those that were recognised before, and `reached` is
    told how many of how many there are."""

    kept: KeptPages = field(default_factory=KeptPages)
    reached: Callable[[int, int], None] = lambda done, of: None


class PicturesWait(Exception):
    """So many pages of the file are pictures; they are recognised when nothing else waits."""

    def __init__(self, pictures: int):
        self.pictures = pictures
        super().__init__()


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, and the error that it refuses with."""

    answer: Answer
    refused: errors.IngestError | None

    def accepted(self) -> Answer:
        """Raises the error."""
        if self.refused:
            raise self.refused
        return self.answer


@dataclass(frozen=True, slots=True)
class Reader:
    """Has one disclosure read; `file` is the name of its main file."""

    file: str
    attachments: Sequence[Part] = ()
    server: ServerProcess = field(default_factory=lambda: _server)
    measured: Callable[[Ended], None] = lambda ended: None

    def hear(self, request: Request) -> Heard:
        """The answer of a reading process. Raises the IngestError that its end stands for."""
        with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as output:
            ended = self.server.read(request, self.file, answer.fileno(), output.fileno())
            self.measured(ended)
            if ended.status != 0:
                raise _failure(self.file, ended, request.limits, output)
            return _heard(answer, self.file, request.limits, self.attachments)


def extract_isolated(
    path: Path,
    limits: Limits | None = None,
    url: str | None = None,
    attachments: Sequence[Part] = (),
    pages: Pages | None = None,
) -> Extraction:
    """`pipeline.extract` in a process of its own. Raises an IngestError, also where that process crashes."""
    return extract_measured(path, limits or Limits(), url, attachments=attachments, pages=pages)


def unconfined() -> tuple[str, ...]:
    """In what respects the readers of `extract_isolated` were not confined: this machine has no means for it."""
    return _server.unconfined


def extract_measured(
    path: Path,
    limits: Limits,
    url: str | None = None,
    server: ServerProcess = _server,
    measured: Callable[[Ended], None] = lambda ended: None,
    attachments: Sequence[Part] = (),
    pages: Pages | None = None,
) -> Extraction:
    """The same; `measured` is told what each process took, also where an error is raised."""
    main = Part(path, path.name, url)
    require_few(main, attachments)
    files = [main, *attachments]
    with _request(files, limits) as request:
        reader = Reader(path.name, attachments, server, measured)
        answer = _with_pictures(reader, request, pages or Pages())
    if answer.extraction is None:
        raise errors.UntrustedAnswer(path.name, cause=_("it is empty"))
    if answer.extraction.profile.kind not in kind_names():
        raise errors.UntrustedAnswer(path.name, cause=_("it names no kind of document"))
    return _checked(answer.extraction, files)


def _with_pictures(reader: Reader, request: Request, pages: Pages) -> Answer:
    """What a reader says; where it met pictures and they can be recognised here, what it says once they are."""
    heard = reader.hear(request)
    if not (heard.answer.pictures and is_installed()):
        return heard.accepted()
    found = dict(_recognised(reader, request, heard.answer.pictures, pages))
    with _given(request, found) as with_all:
        return reader.hear(with_all).accepted()


@contextmanager
def _given(request: Request, found: Mapping[PictureOf, PageRead]) -> Iterator[Request]:
    """The request with what was recognised, in a file that is there as long as it lasts."""
    with tempfile.NamedTemporaryFile(prefix="juesuan-") as file:
        file.write(encode(Recognised(tuple(found.items()))))
        file.flush()
        yield request.with_recognised(Path(file.name))


def _recognised(
    reader: Reader, request: Request, pictures: Sequence[PictureOf], pages: Pages
) -> Iterator[tuple[PictureOf, PageRead]]:
    """Each picture, by a process of its own unless it is kept."""
    limits = for_picture(request.limits)
    for done, picture in enumerate(pictures):
        pages.reached(done, len(pictures))
        found = pages.kept.get(picture)
        if found is None:
            found = reader.hear(replace(request, wanted=picture, limits=limits)).accepted().page
            if found is None:
                raise errors.UntrustedAnswer(reader.file, cause=_("it is empty"))
            pages.kept.keep(picture, found)
        yield picture, found
    pages.reached(len(pictures), len(pictures))


def said_isolated(path: Path, limits: Limits | None = None, pages: Pages | None = None) -> Said:
    """What a file says of itself, read in a process of its own. Raises an IngestError."""
    with _request([Part.of(path)], limits or Limits()) as request:
        answer = _with_pictures(Reader(path.name), replace(request, only_said=True), pages or Pages())
    if answer.said is None:
        raise errors.UntrustedAnswer(path.name, cause=_("it is empty"))
    return answer.said


def said_at_once(path: Path, kept: KeptPages, limits: Limits | None = None) -> Said:
    """The same without recognising anything: of pictures it takes what is kept.

    Raises PicturesWait where a file has nothing but pictures, and they are not all recognised yet.
    """
    with _request([Part.of(path)], limits or Limits()) as request:
        reader, asked = Reader(path.name), replace(request, only_said=True)
        heard = reader.hear(asked)
        pictures = heard.answer.pictures if is_installed() else ()
        found = {picture: page for picture in pictures if (page := kept.get(picture))}
        if len(found) < len(pictures) and heard.refused:
            raise PicturesWait(len(pictures))
        with _given(asked, found) as with_all:
            answer = (reader.hear(with_all) if found else heard).accepted()
    if answer.said is None:
        raise errors.UntrustedAnswer(path.name, cause=_("it is empty"))
    return answer.said


def cut_isolated(path: Path, band: Band, limits: Limits | None = None) -> Crop:
    """A picture or excerpt of a place of a file, made in a process of its own. Raises an IngestError."""
    return cuts_isolated(path, [band], limits)[0]


def cuts_isolated(path: Path, bands: Sequence[Band], limits: Limits | None = None) -> Sequence[Crop]:
    """As `cut_isolated`, of several places in one process."""
    with _request([Part.of(path)], limits or Limits()) as request:
        answer = Reader(path.name).hear(replace(request, cuts=tuple(bands))).accepted()
    if len(answer.crops) != len(bands):
        raise errors.UntrustedAnswer(path.name, cause=_("it is empty"))
    return answer.crops


def pages_isolated(
    path: Path,
    numbers: Sequence[int],
    limits: Limits | None = None,
    recognised: Mapping[PictureOf, PageRead] = MappingProxyType({}),
) -> tuple[PageImage, ...]:
    """The pictures of pages, made in a process of its own. Raises an IngestError.

    Of a page that is a picture only that is seen which is `recognised` on it, and names no person.
    """
    with _request([Part.of(path)], limits or Limits()) as request, _given(request, recognised) as with_all:
        answer = Reader(path.name).hear(replace(with_all, pages=tuple(numbers))).accepted()
    if len(answer.pages) != len(numbers):
        raise errors.UntrustedAnswer(path.name, cause=_("it is empty"))
    try:
        for page in answer.pages:
            page.pixels()
    except ValueError as error:
        raise errors.UntrustedAnswer(path.name, cause=error) from error
    return answer.pages


@contextmanager
def _request(files: Sequence[Part], limits: Limits) -> Iterator[Request]:
    """The request to read the files; what LibreOffice made of them is there as long as it lasts."""
    main, *attachments = files
    formats = [format_at(part.path) for part in files]
    known = {one.name for one in formats if one}
    with tempfile.TemporaryDirectory(prefix="juesuan-") as folder:
        made = dict(made_for(files, formats, limits, Path(folder)))
        yield Request.to_read(main.path, main.url, for_formats(formats, limits), attachments, known, made)


def for_formats(formats: Sequence[Format | None], limits: Limits) -> Limits:
    """The limits, multiplied as the formats of the files need: the most memory, and the time of all of them."""
    memory = max((found.memory_times for found in formats if found), default=1.0)
    seconds = sum(found.seconds_times if found else 1.0 for found in formats)
    return replace(limits, memory_mb=round(limits.memory_mb * memory), seconds=limits.seconds * seconds)


def _failure(file: str, ended: Ended, limits: Limits, output: BinaryIO) -> errors.IngestError:
    printed = _last_printed(output)
    number = os.waitstatus_to_exitcode(ended.status)
    if ended.overdue or number == -signal.SIGXCPU:
        return errors.TooSlow(file, limit=f"{limits.seconds:g}")
    if number == OUT_OF_MEMORY:
        return errors.TooMuchMemory(file, limit=limits.memory_mb)
    if number == TOO_MUCH or output.seek(0, os.SEEK_END) >= limits.output_mb * MEGABYTE:
        return errors.TooMuchOutput(file, limit=limits.output_mb)
    if number == DISK_FULL:
        return errors.MachineError(file, cause=_("no room on the disk for what was read"))
    if number == NOT_CONFINED:
        return errors.NotConfined(file, cause="; ".join(ended.unconfined) or _exception(printed))
    if number >= 0:
        return errors.ReaderFailed(file, cause=_exception(printed) or _("exit status {number}").format(number=number))
    if -number in FROM_OUTSIDE:
        return errors.ReaderKilled(file, signal=signal.Signals(-number).name)
    if ended.peak_kb >= limits.memory_mb * 1024 * NEAR_THE_LIMIT:  # PDFium aborts the process when an allocation fails
        return errors.TooMuchMemory(file, limit=limits.memory_mb)
    return errors.ReaderCrashed(file, signal=signal.Signals(-number).name, place=_crash_place(printed))


def _heard(answer: BinaryIO, file: str, limits: Limits, attachments: Sequence[Part]) -> Heard:
    data = _bytes(answer, file, limits)
    try:
        decoded = decode(Answer, data)
        return Heard(decoded, error_of(decoded.refusal, file, attachments) if decoded.refusal else None)
    except ValueError as error:
        raise errors.UntrustedAnswer(file, cause=error) from error


def _bytes(answer: BinaryIO, file: str, limits: Limits) -> bytes:
    """The answer. Its size is checked again, because a reader that runs as root could have lifted its limit."""
    if answer.seek(0, os.SEEK_END) > limits.output_mb * MEGABYTE:
        raise errors.TooMuchOutput(file, limit=limits.output_mb)
    answer.seek(0)
    return answer.read()


def _checked(extraction: Extraction, files: Sequence[Part]) -> Extraction:
    """The extraction, if its source names these files. Raises FileChanged if number, hash, size or address differ."""
    said = extraction.source.files
    if len(said) != len(files):
        raise errors.FileChanged(files[0].name)
    for part, source in zip(files, said, strict=True):
        if not part.path.is_file():
            raise errors.FileChanged(part.name)
        with part.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
        if source != replace(source, sha256=sha256, size=size, url=part.url):
            raise errors.FileChanged(part.name)
    return extraction


def _last_printed(output: BinaryIO) -> str:
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - LAST_OF_OUTPUT))
    return output.read(LAST_OF_OUTPUT).decode("utf-8", "replace").strip()


def _exception(printed: str) -> str:
    """The last line of a traceback and the place it was raised at."""
    places = _PLACE.findall(printed)
    place = " ({}:{}, {})".format(*places[-1]) if places else ""
    return printed.rpartition("\n")[2] + place


def _crash_place(printed: str) -> str:
    """The innermost place of a crash: the first that faulthandler prints."""
    place = _PLACE.search(printed.rpartition("Fatal Python error")[2])
    return " in {2} ({0}:{1})".format(*place.groups()) if place else ""
