"""Why a file cannot be read, grouped by who must act. The docstring of a class is the message that the user sees."""

from warehouse.base.messages import _, is_chinese
from warehouse.base.retold import retold
from warehouse.base.visible import visible

LONGEST_DETAIL = 300  # characters of a detail in a message; a detail may be text of the file


class IngestError(Exception):
    """{file}: cannot be ingested."""

    def __init__(self, file: str, page: int | None = None, **details: object):
        self.file, self.page, self.details = file, page, details
        place = file if page is None else _("{file}, page {page}").format(file=file, page=page)
        shown = {name: _shown(str(detail))[:LONGEST_DETAIL] for name, detail in details.items()}
        super().__init__(visible(f"{place}: {_(type(self).__doc__ or '').format(file=file, **shown)}"))


def _shown(detail: str) -> str:
    """A detail comes in English where another process sent it. In English one that is Chinese is printed so."""
    return retold(detail) if is_chinese() else detail


class PublisherError(IngestError):
    """The fault is in the file: the publisher, or the person who chose the file, must act."""


class EmptyFile(PublisherError):
    """the file is empty (0 bytes)"""


class NotAFile(PublisherError):
    """is a directory; name the files in it, for example {file}/*.pdf"""


class UnknownFormat(PublisherError):
    """is none of: {known} (it looks like {looks_like})"""


class UnknownEncoding(PublisherError):
    """is text in neither UTF-8, UTF-16 nor GB18030 (first bad byte at {position})"""


class Encrypted(PublisherError):
    """the {label} is encrypted and needs a password"""


class Damaged(PublisherError):
    """the {label} is damaged: {cause}"""


class NotConverted(PublisherError):
    """the {label} is damaged: LibreOffice does not open it, or not within {limit} seconds"""


class TooLargeUnpacked(PublisherError):
    """the {label} has {parts} parts of {size} MB unpacked, more than the {limit} that are read"""


class TooMuchInArchive(PublisherError):
    """the ZIP archive has {files} files of {size} MB unpacked; at most {most} files of {limit} MB are unpacked"""


class NotUnpacked(PublisherError):
    """{cause}"""


class AnArchive(PublisherError):
    """is an archive, and no document by itself"""


class ScansRecognised(PublisherError):
    """its documents are scans in part, {pages} pages of them are recognised now: the next night reads what is in it"""


class NothingInArchive(PublisherError):
    """the ZIP archive holds no document"""


class WhoseIsNotSaid(PublisherError):
    """does not say whose it is, and its archive holds documents of several bodies or years"""


class SeveralInArchive(PublisherError):
    """the ZIP archive holds {count} disclosures, and this is about one: unpack it and name the files of one"""


class OnlyPictures(PublisherError):
    """holds no table that can be read, but {pictures} pictures: tables are pictures, needs OCR"""


class Truncated(PublisherError):
    """the PDF is truncated: its {size} bytes end without %%EOF"""


class NoPages(PublisherError):
    """the PDF has no page"""


class Scanned(PublisherError):
    """scanned, needs OCR (docs/scans.md): {scanned} of {pages} pages are only images and no page holds text"""


class ScannedWithText(PublisherError):
    """a scan with a text layer: on {hidden} of {pages} pages the text is not what is seen; needs OCR"""


class HiddenText(PublisherError):
    """on {hidden} of {pages} pages nearly all text is hidden; what is seen there needs OCR"""


class NoUnicode(PublisherError):
    """its fonts have no Unicode map: {unnamed} of {characters} characters cannot be read; needs OCR"""


class NoText(PublisherError):
    """no page of {pages} holds any text"""


class TooManyFiles(PublisherError):
    """is the main file of {files}, more than the {limit} a disclosure may have"""


class TooManyPages(PublisherError):
    """has {pages} pages, more than the {limit} a disclosure may have"""


class TooManyPixels(PublisherError):
    """is a picture of {pixels} million pixels, more than the {limit} million that are read"""


class AnotherKind(PublisherError):
    """is {called}, not {read}: “{printed}”"""


class GovernmentAccounts(PublisherError):
    """holds {called}, not of a department: “{printed}”"""


class NothingSaysAccounts(PublisherError):
    """is not taken for {read}: neither its cover nor a title, a heading or a column says {words}"""


class SeveralKinds(PublisherError):
    """names {words} equally often, and its tables do not show which of them it is"""


class NoRuledTables(PublisherError):
    """names {titles} standard tables, but has none with ruling lines or tabs; if another file has them: --together"""


class OtherBodysTables(PublisherError):
    """the tables are in files of another body or year than the narrative: {reason}"""


class NotUnderstood(PublisherError):
    """prints {titles}, but the header of none of these tables is understood"""


class NotADisclosure(PublisherError):
    """is not taken for {read}: no standard table was found in it"""


class LoadRefused(PublisherError):
    """was read, but the database refuses what it says: {cause}"""


class HeldBack(PublisherError):
    """was read, but is not loaded in bulk: {cause}; without --bulk it is stored and held for `juesuan gate`"""


class ForgottenFile(PublisherError):
    """was {cause}"""


class BeyondLimits(PublisherError):
    """reading it goes beyond a limit"""


class TooMuchMemory(BeyondLimits):
    """reading it needs more than the {limit} MB a document may take (JUESUAN_MAX_MEMORY_MB)"""


class TooSlow(BeyondLimits):
    """reading it takes longer than the {limit} seconds a document may take (JUESUAN_MAX_SECONDS)"""


class TooMuchOutput(BeyondLimits):
    """reading it gave more than {limit} MB of data; a disclosure gives much less"""


class ReaderCrashed(PublisherError):
    """reading it crashed the reader ({signal}{place})"""


class FileChanged(PublisherError):
    """is not the file that was read: it changed meanwhile, or the reader's answer is not to be trusted"""


class ReaderFailed(IngestError):
    """the reader has a fault that this file shows: {cause}"""


class UntrustedAnswer(ReaderFailed):
    """what reading it delivered is not what a reader delivers: {cause}"""


class MachineError(IngestError):
    """cannot be read: {cause}"""


class NeedsLibreOffice(MachineError):
    """waits for LibreOffice, which makes a .docx of files like this: install it (Debian: libreoffice-writer-nogui)"""


class NotTheFile(MachineError):
    """the bytes that the archive holds under this hash have another hash"""


class NotConfined(MachineError):
    """is not read, because this machine cannot confine the process that would read it: {cause}"""


class ReaderKilled(MachineError):
    """the process that read it was killed from outside ({signal})"""


class ReaderLost(MachineError):
    """the process that starts readers has ended: {cause}"""


class NotASite(IngestError):
    """is no folder that `juesuan site` wrote, and not empty; nothing was changed"""


class SiteNotWritten(IngestError):
    """a page leads to {address}, which is not there (any more); the old site stays: run it again"""
