"""Response headers: when to retry, validators of the version, the name of the document."""

import re
import time
from datetime import UTC
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from typing import Any
from urllib.parse import unquote

import httpx

from ingest.readers.formats import Format
from ingest.readers.parts import clean_name
from ingest.sync.urls import name_of, names_a_document

LONGEST_VALIDATOR = 500
LONGEST_DISPOSITION = 2000  # characters parsed; the email package is slow on long malformed headers


def retry_after(response: httpx.Response) -> float | None:
    """Retry-After in seconds, given as a number or as a date; None where it is missing or malformed."""
    said = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return float(said)
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - time.time())


def validator(response: httpx.Response, header: str) -> str | None:
    """The value of a validator header if it can be sent back unchanged, else None."""
    said = response.headers.get(header, "").strip()
    return said if said and said.isascii() and said.isprintable() and len(said) <= LONGEST_VALIDATOR else None


def document_name(response: httpx.Response, address: str, known_as: str, sent: Format) -> str:
    """The document's name: from Content-Disposition, else its address, else the page that links to it."""
    called = [clean_name(_disposition(response)), name_of(address), clean_name(known_as)]
    return next((name for name in called if names_a_document(name)), f"{called[0] or called[1]}{sent.suffixes[0]}")


def _disposition(response: httpx.Response) -> str:
    """The name in Content-Disposition, "" where there is none; `filename*` goes before `filename` (RFC 6266)."""
    header = Message()
    header["content-disposition"] = response.headers.get("content-disposition", "")[:LONGEST_DISPOSITION]
    try:
        parameters = header.get_params([], "content-disposition")
        names: list[Any] = [value for key, value in parameters if key.lower() == "filename"]
        encoded = [collapse_rfc2231_value(name, errors="replace") for name in names if isinstance(name, tuple)]
    # The email package sorts the numbered parts of a name, and fails where a part without number is among them; a name
    # may say that it is encoded in what decodes no name, such as idna.
    except (TypeError, ValueError):
        return ""
    return (encoded or [unquote(name, errors="replace") for name in names] or [""])[0].strip()
