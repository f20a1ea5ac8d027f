"""A document of pictures is read by a second process with more room, where pictures can be recognised."""

from pathlib import Path

import pytest

from ingest import errors
from ingest.isolation import parent
from ingest.isolation.limits import Limits
from ingest.isolation.messages import Answer, Request
from tests.warehouse.factory import extraction
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

SCANNED = errors.Scanned("scan.pdf", scanned=1, pages=1)
MIXED = Answer(extraction(doubts=(Doubt(DoubtKind.PAGE_NOT_READ, "第2页只有图像,未读(需要OCR)"),)))
DIGITAL = Answer(extraction())


def asked(monkeypatch, first, is_installed: bool = True) -> list[Request]:
    """The requests that are sent for a file of which the first reader says `first`."""
    sent: list[Request] = []

    def answer(request, *_) -> Answer:
        sent.append(request)
        if len(sent) == 1 and isinstance(first, errors.IngestError):
            raise first
        return first if len(sent) == 1 else DIGITAL

    monkeypatch.setattr(parent, "_asked", answer)
    monkeypatch.setattr(parent, "is_installed", lambda: is_installed)
    request = Request.to_read(Path("scan.pdf"), None, Limits())
    parent._read(request, "scan.pdf", (), parent._server, lambda _: None)
    return sent


@pytest.mark.parametrize("first", [SCANNED, MIXED], ids=["all pages", "some pages"])
def test_pictures_are_read_with_more_memory_and_time(monkeypatch, first):
    without, with_room = asked(monkeypatch, first)
    assert (without.recognises, with_room.recognises) == (False, True)
    assert with_room.limits.seconds > 10 * without.limits.seconds
    assert with_room.limits.memory_mb > without.limits.memory_mb


def test_a_digital_document_is_read_once(monkeypatch):
    assert len(asked(monkeypatch, DIGITAL)) == 1


def test_without_the_models_a_scan_is_refused_and_the_rest_of_a_mixed_document_read(monkeypatch):
    assert len(asked(monkeypatch, MIXED, is_installed=False)) == 1
    with pytest.raises(errors.Scanned):
        asked(monkeypatch, SCANNED, is_installed=False)
