"""The rows for the files of a document version.

The version itself has the columns of its main file; warehouse.document_file has a row for every file.
"""

from collections.abc import Iterator

from psycopg.rows import TupleRow

from warehouse.records.reading import Source

SOURCE_COLUMNS = "sha256, source_name, source_url, format, size_bytes, pages"
FILE_COLUMNS = f"version_id, file_no, role, {SOURCE_COLUMNS}"


def source_values(source: Source) -> TupleRow:
    """The values of SOURCE_COLUMNS for a version: those of its main file, but sha256 is the identity of all files, and
    a disclosure that is alone in an archive is called as the archive."""
    return source.identity, source.archive or source.name, source.url, source.format, source.size, source.pages


def file_rows(version_id: int, source: Source) -> Iterator[TupleRow]:
    """The rows of warehouse.document_file, with the values of FILE_COLUMNS."""
    for number, file in enumerate(source.files, start=1):
        yield version_id, number, file.role, file.sha256, file.name, file.url, file.format, file.size, file.pages
