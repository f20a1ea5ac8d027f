"""The process that reads one document: it is forked, reads, sends its answer and exits."""

import errno
import faulthandler
import os
import sys
import traceback
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import NoReturn

from ingest.about.files import said_of
from ingest.about.personal_cells import without_personal
from ingest.errors import IngestError
from ingest.isolation.confine import confine, end_with_parent
from ingest.isolation.limits import impose
from ingest.isolation.messages import Answer, Recognised, Request, decode, encode, refusal_of
from ingest.isolation.opened import OpenedPath
from ingest.pipeline import extract
from ingest.readers import crops
from ingest.readers import read as read_file
from ingest.readers.crops import Band, Crop, PageImage
from ingest.readers.office_program.conversions import conversions
from ingest.readers.parts import Part
from ingest.readers.pdf.scan import pictures
from ingest.readers.pdf.scan.models import load_models
from ingest.readers.pdf.scan.pictures import PageRead, PictureOf, Wanted
from warehouse.kinds.kind import load_kinds

ANSWER = 3  # the file descriptor that the answer is written to
ANSWERED, FAILED, OUT_OF_MEMORY, TOO_MUCH, DISK_FULL, NOT_CONFINED = 0, 1, 81, 82, 83, 84  # exit statuses
NO_ROOM = {errno.EFBIG: TOO_MUCH, errno.ENOSPC: DISK_FULL, errno.EDQUOT: DISK_FULL}


def read_and_exit(request: Request, answer: int, output: int, parent: int) -> NoReturn:
    """Reads the document, writes the answer and exits. Never returns, whatever the document does.

    `answer` and `output` are file descriptors: the answer, and what the reader and its libraries print. `parent` is the
    process id of the server.
    """
    status = FAILED
    try:
        end_with_parent(parent)  # now, because opening a document may take for ever
        _redirect_output(answer, output)
        files = _opened(request)
        made = {sha256: OpenedPath.of(path) for sha256, path in request.made().items()}
        conversions.use_only(made)
        results = _prepare_for_pictures(request)
        impose(request.limits, len(files) + len(made))
        status = NOT_CONFINED
        if not confine() or not request.limits.must_confine:
            status = FAILED
            _give(results)
            status = _write(_answer(request, files))
    except MemoryError:
        status = OUT_OF_MEMORY
    except BaseException:  # the fork must not return into the server; the parent reports the last line of the traceback
        traceback.print_exc()
    finally:
        os._exit(status)


def _prepare_for_pictures(request: Request) -> bytes:
    """Now, because later the process may open no library and no file. Returns what was recognised before, unread: it
    says what a document prints, and is read within the limits."""
    if request.wanted:
        pictures.want(request.wanted)
        load_models()
    else:
        pictures.use_only({})
    results = request.results()
    return results.read_bytes() if results else b""


def _give(results: bytes) -> None:
    if results:
        pictures.use_only(dict(decode(Recognised, results).pages))


def _opened(request: Request) -> list[Part]:
    """The main file and the attachments, opened while the process may still do so."""
    return [replace(part, path=OpenedPath.of(part.path)) for part in (Part.of(request.file()), *request.parts())]


def _answer(request: Request, files: list[Part]) -> bytes:
    main, *attachments = files
    try:
        if request.cuts:
            return encode(Answer(crops=_cut(main, request.cuts)))
        if request.pages:
            return encode(Answer(pages=_pages(main, request.pages)))
        if request.wanted:
            return encode(Answer(page=_recognised(files, request.wanted, request.limits.pages)))
        if request.only_said:
            said = said_of(read_file(main.path, request.limits.pages), load_kinds())
            return encode(Answer(said=said, pictures=pictures.noted()))
        read = extract(main.path, request.url, max_pages=request.limits.pages, attachments=attachments)
        return encode(Answer(read, pictures=pictures.noted()))
    except IngestError as error:
        return encode(Answer(refusal=refusal_of(error, attachments), pictures=pictures.noted()))


def _recognised(files: Iterable[Part], wanted: PictureOf, max_pages: int) -> PageRead | None:
    """The picture that is wanted; None where none of the files holds it."""
    try:
        for file in files:
            if sha256(file.path.read_bytes()).hexdigest() == wanted.sha256:
                read_file(file.path, max_pages)
    except Wanted as found:
        return found.page
    return None


def _cut(file: Part, bands: Iterable[Band]) -> tuple[Crop, ...]:
    """For strangers: without persons and telephone numbers."""
    with crops(file.path) as cutter:
        return tuple(cutter.cut(band, without_personal) for band in bands)


def _pages(file: Part, numbers: Iterable[int]) -> tuple[PageImage, ...]:
    """As `_cut`."""
    with crops(file.path) as cutter:
        drawn = [cutter.page(number, without_personal) for number in numbers]
    return tuple(page for page in drawn if page)


def _write(data: bytes) -> int:
    try:
        with open(ANSWER, "wb", buffering=0) as file:
            while data:
                data = data[file.write(data) :]
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        return NO_ROOM[error.errno]
    return ANSWERED


def _redirect_output(answer: int, output: int) -> None:
    """Closes every inherited file descriptor except `answer`, and redirects stdout and stderr to `output`."""
    os.setpgid(0, 0)
    kept = os.dup(answer)  # a copy, because one of the dup2 calls may overwrite the number of the original
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(kept, ANSWER)
    os.closerange(ANSWER + 1, os.sysconf("SC_OPEN_MAX"))
    sys.stdout = sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    faulthandler.enable(sys.stderr)
