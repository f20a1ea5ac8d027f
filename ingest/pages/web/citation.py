"""The citation of a number in one line: body, document, page, what is printed, address and day of retrieval."""

from collections.abc import Iterator

from ingest.pages.web.evidence import Evidence
from ingest.pages.web.words import Words


def citation(evidence: Evidence, words: Words) -> str:
    return words("comma").join(_parts(evidence, words)) + words("full_stop")


def _parts(evidence: Evidence, words: Words) -> Iterator[str]:
    document, number, file = evidence.document, evidence.number, evidence.file
    yield words.title(document)
    if file:
        yield file["source_name"]
    if number["page"]:
        yield words("page_no", page=number["page"])
    elif number["sheet"] and number["cell"]:
        yield f"{number['sheet']} {number['cell']}"
    elif number["line_no"]:
        yield words("line_no", line=number["line_no"])
    yield words.number(number)
    if number["printed"]:
        yield words("printed_as", printed=number["printed"])
    if file and file["source_url"]:
        yield file["source_url"]
    yield words("retrieved_on", day=document["first_seen_at"].date().isoformat())
    if file:
        yield f"SHA-256 {file['sha256']}"
