"""The public tables and views of a warehouse as functions, made from the catalog of its database."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas

from warehouse import frames, server
from warehouse.base.catalog import Mart, marts
from warehouse.base.database import snapshot, without_password
from warehouse.base.errors import NoWarehouse, ServerDidNotStart, UnknownChoice, UnknownMart
from warehouse.interface import evidence

SHORT = {"year": "fiscal_year", "kind": "department_kind"}  # names of conditions, where the view has no such column
View = Callable[..., pandas.DataFrame]


def open(url: str | None = None) -> "Warehouse":
    """The warehouse at `url`; without it that of JUESUAN_DATABASE_URL, or of the embedded server, if it runs.

    Raises NoWarehouse, ServerDidNotStart, BadDatabaseUrl, and the error of psycopg where nothing answers.
    """
    found = url or server.url()
    if found is None:
        raise ServerDidNotStart("start it first: juesuan db start")
    with snapshot(found) as connection:
        public = {mart.name: mart for mart in marts(connection)}
    if not public:
        raise NoWarehouse
    return Warehouse(found, public)


class Warehouse:
    """A function for every table and view of schema mart, `query` for any other question, `evidence` for one row.

    Every function takes columns as conditions: a value, a list of values, or None for null. `year` and `kind` stand for
    `fiscal_year` and `department_kind` where the view has no column of that name. `as_of`, a day, asks for the view as
    it was at the end of that day. The rows come in no particular order.

    Amounts are exact: Decimal in columns of dtype object. Whole numbers are Int64, truth values boolean, texts str,
    days and times datetime64; arrays are lists. Null is a missing value, never 0.
    `frame.attrs` holds `view`, `meaning` of the view, and `columns`: the meaning of each column, in Chinese.
    """

    def __init__(self, url: str, public: Mapping[str, Mart]):
        self._url, self._public = url, public

    def __getattr__(self, name: str) -> View:
        if name.startswith("_"):  # asked for by copying and by shells, before there are views to look in
            raise AttributeError(name)
        if name not in self._public:
            raise UnknownMart(f"{name}; there is {', '.join(self._public)}")
        return _function(self._public[name], self._url)

    def __dir__(self) -> Iterator[str]:
        yield from super().__dir__()
        yield from self._public

    def __repr__(self) -> str:
        return f"<juesuan {without_password(self._url)}: {len(self._public)} tables and views>"

    def views(self) -> pandas.DataFrame:
        """What there is to ask: `view` and `meaning`."""
        listed = [(mart.name, mart.comment) for mart in self._public.values()]
        return pandas.DataFrame(listed, columns=["view", "meaning"], dtype="str")

    def query(self, text: str, **values: Any) -> pandas.DataFrame:
        """The result of a query, in its order. `values` are its parameters, written %(name)s in the text.

        Raises psycopg.Error where the database refuses it.
        """
        return frames.query(text, url=self._url, **values)

    def evidence(self, row: "pandas.Series | Mapping[str, Any]") -> pandas.DataFrame:
        """What a row of any view of documents rests on: one row for each printed cell, sentence, doubt, check and file.

        `row` is a row of a frame (`frame.iloc[0]`) or a mapping with `document_id`. The more of `table_code`,
        `row_key`, `measure` and `metric` it has, the fewer cells are meant; `document_id` alone means all of them.
        Raises UnknownChoice where the row has no `document_id`.
        """
        found = self.query(evidence.QUERY, **evidence.conditions(row))
        found.attrs = {"view": "evidence", "meaning": evidence.MEANING, "columns": evidence.COLUMNS}
        return found


def _function(mart: Mart, url: str) -> View:
    columns = {column.name: column.comment for column in mart.columns}

    def view(*, as_of: date | None = None, **conditions: Any) -> pandas.DataFrame:
        frame = frames.view(mart.name, url=url, as_of=as_of, **_in_full(mart, conditions))
        frame.attrs = {"view": mart.name, "meaning": mart.comment, "columns": columns}
        return frame

    view.__name__ = view.__qualname__ = mart.name
    view.__doc__ = "\n".join([mart.comment, "", *(f"{name}: {comment}" for name, comment in columns.items())])
    view.__signature__ = _signature(columns)  # type: ignore[attr-defined]  # what help and completion show
    return view


def _in_full(mart: Mart, conditions: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions by the names of columns. Raises UnknownChoice."""
    own = {column.name for column in mart.columns}
    named = [(name if name in own else SHORT.get(name, name), value) for name, value in conditions.items()]
    full = dict(named)
    if unknown := sorted(set(full) - own):
        raise UnknownChoice(f"mart.{mart.name} has no column {', '.join(unknown)}; it has {', '.join(sorted(own))}")
    if len(full) < len(named):
        raise UnknownChoice(f"mart.{mart.name}: the same column is asked for twice, by {', '.join(conditions)}")
    return full


def _signature(columns: Mapping[str, str]) -> inspect.Signature:
    short = [name for name, column in SHORT.items() if column in columns and name not in columns]
    only = inspect.Parameter.KEYWORD_ONLY
    # Nothing asked for is not None, which asks for null.
    named = [inspect.Parameter(name, only, default=...) for name in [*short, *columns]]
    return inspect.Signature(
        [inspect.Parameter("as_of", only, default=None, annotation=date | None), *named],
        return_annotation=pandas.DataFrame,
    )
