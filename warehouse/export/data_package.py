"""datapackage.json: the tables of a dataset of Parquet files with their columns, as the Data Package standard has it.

What the standard has no word for stands in properties of our own: `parts` of a resource, with rows, bytes and digests
of each file, and `partitionedBy`, the columns that are in the paths of the files and not in the files.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.export.manifest import TOOL, written_by_juesuan

NAME = "datapackage.json"
MEDIA_TYPE = "application/vnd.apache.parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """One file. `path` is relative to the folder; `content` is a digest of its rows as the database made it."""

    path: str
    rows: int
    bytes: int
    sha256: str
    content: str


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `stored_as`: its type in the files, such as decimal128(20, 6). `type`: that of PostgreSQL."""

    name: str
    type: str
    stored_as: str
    description: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The columns of a table that refer to columns of another."""

    fields: tuple[str, ...]
    resource: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A table or view. `partitioned_by`: columns that stand in the paths of its files."""

    name: str
    description: str
    fields: tuple[Field, ...]
    partitioned_by: tuple[str, ...]
    references: tuple[Reference, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """`created`: the time of the snapshot, in ISO 8601, UTC. `version`: that of the tool."""

    version: str
    schema_revision: str
    created: str
    resources: tuple[Resource, ...]

    @property
    def files(self) -> dict[str, Part]:
        """Every file by its path."""
        return {part.path: part for resource in self.resources for part in resource.parts}


def write(package: Package, folder: Path) -> None:
    said = {
        "name": "juesuan",
        "title": "部门决算公开数据集",
        "created": package.created,
        "tool": TOOL,
        "toolVersion": package.version,
        "schemaRevision": package.schema_revision,
        "resources": [_resource(resource) for resource in package.resources],
    }
    (folder / NAME).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(folder: Path) -> Package:
    """Raises NotAnExport where the folder has no description, or one that juesuan did not write."""
    with written_by_juesuan(folder / NAME) as said:
        resources = tuple(_read_resource(entry) for entry in said["resources"])
        return Package(said["toolVersion"], said["schemaRevision"], said["created"], resources)


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "name": resource.name,
        "description": resource.description,
        "path": [part.path for part in resource.parts],
        "format": "parquet",
        "mediatype": MEDIA_TYPE,
        "bytes": sum(part.bytes for part in resource.parts),
        "partitionedBy": list(resource.partitioned_by),
        "schema": {
            "fields": [_field(field) for field in resource.fields],
            "foreignKeys": [
                {"fields": list(one.fields), "reference": {"resource": one.resource, "fields": list(one.to)}}
                for one in resource.references
            ],
        },
        "parts": [
            {"path": p.path, "rows": p.rows, "bytes": p.bytes, "hash": f"sha256:{p.sha256}", "content": p.content}
            for p in resource.parts
        ],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": _standard_type(field.stored_as),
        "storedAs": field.stored_as,
        "postgresqlType": field.type,
        "description": field.description,
    }


def _standard_type(stored_as: str) -> str:
    """The word of the standard's Table Schema for a type of Arrow."""
    return next((word for begin, word in STANDARD.items() if stored_as.startswith(begin)), "string")


STANDARD = {
    "int": "integer",
    "decimal": "number",
    "float": "number",
    "double": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "list": "list",
}


def _read_resource(entry: Mapping[str, Any]) -> Resource:
    schema = entry["schema"]
    return Resource(
        entry["name"],
        entry["description"],
        tuple(Field(f["name"], f["postgresqlType"], f["storedAs"], f["description"]) for f in schema["fields"]),
        tuple(entry["partitionedBy"]),
        tuple(
            Reference(tuple(one["fields"]), one["reference"]["resource"], tuple(one["reference"]["fields"]))
            for one in schema["foreignKeys"]
        ),
        tuple(
            Part(p["path"], p["rows"], p["bytes"], p["hash"].removeprefix("sha256:"), p["content"])
            for p in entry["parts"]
        ),
    )
