"""Exports every table and view of schema mart: CSV for spreadsheets, Parquet for programs.

with snapshot(url) as connection:
    manifest = export(connection, Path("out"))
assert differences(Path("out")) == []
"""

from warehouse.export.manifest import FORMATS, Manifest
from warehouse.export.run import export
from warehouse.export.verify import differences

__all__ = ["FORMATS", "Manifest", "differences", "export"]
