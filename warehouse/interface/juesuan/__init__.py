"""The warehouse in Python: one function for every public view, each answering with a pandas DataFrame.

    import juesuan

    warehouse = juesuan.open("postgresql://juesuan_reader:…@127.0.0.1:5433/juesuan")
    ranking = warehouse.city_comparison(kind="工业和信息化", year=2024, metric="expenditure")
    ranking.attrs["columns"]["rank"]  # what the column holds, in Chinese
    warehouse.evidence(ranking.iloc[0])  # the printed cells behind the row, its doubts and its checks

`help(warehouse.city_comparison)` prints the grain of the view and every column. Whatever is asked is read-only.
"""

from warehouse.base.errors import (
    NoWarehouse,
    ServerDidNotStart,
    UnknownChoice,
    UnknownMart,
    WarehouseError,
)
from warehouse.interface.opened import Warehouse, open

__all__ = ["NoWarehouse", "ServerDidNotStart", "UnknownChoice", "UnknownMart", "Warehouse", "WarehouseError", "open"]
