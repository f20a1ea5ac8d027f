"""What the three groups of tables share: the metadata and the spelling of a column."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Identity, MetaData, SmallInteger, Text

SCHEMA = "warehouse"

metadata = MetaData(
    schema=SCHEMA,
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    },
)


def column(name: str, kind, comment: str, *constraints, null: bool = False) -> Column:
    """A column with its Chinese comment; not null unless said so."""
    return Column(name, kind, *constraints, nullable=null, comment=comment)


def key(name: str, kind, comment: str) -> Column:
    """A surrogate primary key the database counts."""
    return Column(name, kind, Identity(always=True), primary_key=True, comment=comment)


def part_of_key(name: str, kind, comment: str, *constraints) -> Column:
    return Column(name, kind, *constraints, primary_key=True, autoincrement=False, comment=comment)


def refers(table: str, column_name: str) -> ForeignKey:
    return ForeignKey(f"{SCHEMA}.{table}.{column_name}")


def one_of(name: str, values: type[StrEnum] | tuple[str, ...]) -> CheckConstraint:
    """The column `name` holds one of the enum's words (or nothing, where it may be null)."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{name} in ({words})", name=name)


def year(name: str, comment: str, *constraints, null: bool = False) -> Column:
    return column(name, SmallInteger, comment, *constraints, null=null)


def text(name: str, comment: str, *constraints, null: bool = False, **options) -> Column:
    return Column(name, Text, *constraints, nullable=null, comment=comment, **options)
