"""The rows of what a disclosure consists of: its main file beside its version, and every file by itself."""

from collections.abc import Iterator

from psycopg.rows import TupleRow

from warehouse.records.reading import Source

SOURCE_COLUMNS = "sha256, source_name, source_url, format, size_bytes, pages"
FILE_COLUMNS = f"version_id, file_no, role, {SOURCE_COLUMNS}"


def source_values(source: Source) -> TupleRow:
    """SOURCE_COLUMNS of warehouse.document_version: the main file under what identifies all files together."""
    return source.identity, source.name, source.url, source.format, source.size, source.pages


def file_rows(version_id: int, source: Source) -> Iterator[TupleRow]:
    """FILE_COLUMNS of warehouse.document_file."""
    for number, file in enumerate(source.files, start=1):
        yield version_id, number, file.role, file.sha256, file.name, file.url, file.format, file.size, file.pages
