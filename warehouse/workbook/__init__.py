"""The standard tables of one document as an XLSX workbook in the official layout.

with snapshot(url) as connection:
    document = find(connection, "example.pdf")
    Path("out.xlsx").write_bytes(workbook(read(connection, document), load_kind(document.kind)))
"""

from warehouse.workbook.document import StoredDocument, find, read
from warehouse.workbook.write import workbook

__all__ = ["StoredDocument", "find", "read", "workbook"]
