"""Schema mart as a dataset of Parquet files for DuckDB, Spark and Arrow, with a description in datapackage.json.

with snapshot(url) as connection:
    write_dataset(connection, Path("out"))  # a second time only what changed is written
"""

from warehouse.export.dataset.write import Written, fill, write_dataset

__all__ = ["Written", "fill", "write_dataset"]
