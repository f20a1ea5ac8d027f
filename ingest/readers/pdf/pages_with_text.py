"""Counts the pages of a PDF whose text is visible and has Unicode. A file without such a page is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest import errors
from ingest.readers.pdf.hidden_text import is_text_layer
from ingest.readers.pdf.page_objects import PageObjects

MOST_UNNAMED = 0.1  # of all characters; a few bullets of a symbol font are tolerated


def is_a_picture(page: PageObjects) -> bool:
    """Whether what is seen on the page is in its images: it has no text, or a layer of text behind them."""
    return page.images > 0 and (not page.chars or is_text_layer(page))


@dataclass(slots=True)
class Tally:
    """The pages of a file without visible text, by reason."""

    pages: int
    without_text: list[PageObjects] = field(default_factory=list)
    hidden: list[PageObjects] = field(default_factory=list)  # pages whose text is nearly all hidden
    characters: int = 0
    unnamed: int = 0  # number of characters without Unicode

    def add(self, page: PageObjects) -> None:
        if is_text_layer(page):
            self.hidden.append(page)
        elif not page.chars:
            self.without_text.append(page)
        self.characters += len(page.chars)
        self.unnamed += page.unnamed

    def refuse_what_is_not_text(self, path: Path) -> None:
        if self.hidden and 2 * (len(self.hidden) + len(self.without_text)) >= self.pages:
            is_scan = any(page.images for page in self.hidden)
            refused = errors.ScannedWithText if is_scan else errors.HiddenText
            raise refused(path.name, hidden=len(self.hidden), pages=self.pages)
        if len(self.without_text) == self.pages:
            raise _no_text(self.without_text, path)
        if self.unnamed > MOST_UNNAMED * self.characters:
            raise errors.NoUnicode(path.name, unnamed=self.unnamed, characters=self.characters)

    def unread(self) -> Iterator[int]:
        """The numbers of the pages of which only an image could tell what they print."""
        yield from (page.number for page in (*self.without_text, *self.hidden) if page.images)

    def notes(self) -> Iterator[str]:
        yield from _image_notes(self.without_text)
        for page in self.hidden:
            what = "是图像上看不见的识别层" if page.images else "几乎全都看不见"
            yield f"第{page.number}页的文字{what},未读(需要OCR)"


def _no_text(pages: list[PageObjects], path: Path) -> errors.PublisherError:
    scanned = sum(page.images > 0 for page in pages)
    if scanned:
        return errors.Scanned(path.name, scanned=scanned, pages=len(pages))
    return errors.NoText(path.name, pages=len(pages))


def _image_notes(without_text: Iterable[PageObjects]) -> Iterator[str]:
    for page in without_text:
        if page.images:
            yield f"第{page.number}页只有图像,未读(需要OCR)"
