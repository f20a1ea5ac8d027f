"""Every equation that the identities make of one document's cells.

An equation is a list of signed cells whose sum is zero. It knows nothing of how far the cells can be
trusted: `ingest.settle` uses equations as proof, the checks report them as outcomes.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from ingest import codes
from ingest.characters import comparable
from ingest.spec import Spec, load_specs

FILE = Path(__file__).parent / "identities.toml"
CellKey = tuple[str, str, str]  # table code, row key, measure


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` sums to the same as `right`."""

    rule: str
    says: str
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Identity:
    id: str
    says: str
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]


@cache
def declared() -> tuple[Identity, ...]:
    raw = tomllib.loads(FILE.read_text("utf-8"))["identity"]
    return tuple(Identity(one["id"], one["says"], _cells(one["left"]), _cells(one["right"])) for one in raw)


def _cells(paths: list[str]) -> tuple[CellKey, ...]:
    return tuple(tuple(path.split("/", 1)[:1] + path.split("/", 1)[1].rsplit("/", 1)) for path in paths)


def equations(rows: Mapping[tuple[str, str], str]) -> Iterator[Equation]:
    """All equations of a document. `rows` maps (table code, row key) to the printed label."""
    for spec in load_specs():
        keys = [row for table, row in rows if table == spec.code]
        if keys:
            yield from _row_sums(spec, keys)
            yield from _tree_sums(spec, keys)
            yield from _side_sums(spec, keys)
            yield from _group_sums(spec, keys)
    for identity in declared():
        yield from _instances(identity, rows)


def _row_sums(spec: Spec, keys: Iterable[str]) -> Iterator[Equation]:
    """基本支出 + 项目支出 = 合计, row by row."""
    if not spec.row_identity:
        return
    side = f"{spec.row_identity_side}:" if spec.row_identity_side else ""
    parts = [part for part in spec.row_identity.parts]
    for key in keys:
        if key.startswith(side):
            right = tuple((spec.code, key, part) for part in parts)
            yield Equation("row_sum", f"{spec.code} 行内各列之和", ((spec.code, key, spec.row_identity.total),), right)


def _tree_sums(spec: Spec, keys: list[str]) -> Iterator[Equation]:
    """Σ 项 = 款, Σ 款 = 类, Σ 类 = 合计, column by column."""
    if not spec.key:
        return
    children: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if codes.is_code(key, spec.key):
            children[codes.parent(key) or "TOTAL"].append(key)
    known = set(keys)
    for parent, below in children.items():
        if parent in known:
            for measure in spec.measure_names:
                left = ((spec.code, parent, measure),)
                yield Equation(
                    "tree_sum", f"{spec.code} 下级科目之和", left, tuple((spec.code, k, measure) for k in below)
                )


def _side_sums(spec: Spec, keys: list[str]) -> Iterator[Equation]:
    """Σ 收入项目 = 本年收入合计; Σ 支出项目 = 本年支出合计."""
    if spec.shape != "sides":
        return
    for side, total in (("income", "本年收入合计"), ("expenditure", "本年支出合计")):
        mine = [key for key in keys if key.startswith(f"{side}:")]
        if f"{side}:{total}" in mine:
            items = mine[: mine.index(f"{side}:{total}")]
            for measure in spec.on_side(side):
                left = ((spec.code, f"{side}:{total}", measure.name),)
                yield Equation(
                    "side_sum",
                    f"{spec.code} 各项之和 = {total}",
                    left,
                    tuple((spec.code, k, measure.name) for k in items),
                )


def _group_sums(spec: Spec, keys: list[str]) -> Iterator[Equation]:
    """301 + 303 = 人员经费合计; the other 类 = 公用经费合计."""
    if spec.shape != "code_groups":
        return
    classes = [key for key in keys if codes.is_code(key, spec.key or "") and len(key) == 3]
    people = [key for key in classes if key in ("301", "303")]
    for total, parts in (("PERSONNEL_TOTAL", people), ("PUBLIC_TOTAL", [key for key in classes if key not in people])):
        if total in keys and parts:
            for measure in spec.measure_names:
                right = tuple((spec.code, key, measure) for key in parts)
                yield Equation("group_sum", f"{spec.code} 各类之和", ((spec.code, total, measure),), right)


def _instances(identity: Identity, rows: Mapping[tuple[str, str], str]) -> Iterator[Equation]:
    """One equation per binding of {row} or {class}; a pattern with * is the one row it fits."""
    for binding in _bindings(identity, rows):
        left = _bound(identity.left, binding, rows)
        right = _bound(identity.right, binding, rows)
        if left and right:
            yield Equation(identity.id, identity.says, left, right)


def _bindings(identity: Identity, rows: Mapping[tuple[str, str], str]) -> Iterator[dict[str, str]]:
    table, row, _ = identity.left[0]
    if "{" not in row:
        yield {}
    for (code, key), label in rows.items():
        if code == table and (row == "{row}" or (row == "{class}" and len(key) == 3 and key.isdigit())):
            yield {"row": key, "class": key, "class_name": label}


def _bound(cells: tuple[CellKey, ...], binding: dict[str, str], rows: Mapping) -> tuple[CellKey, ...]:
    out = []
    for table, pattern, measure in cells:
        row = pattern.format(**binding)
        key = row if (table, row) in rows else _named_alike(table, row, rows)
        if key:
            out.append((table, key, measure))
    return tuple(out)


def _named_alike(table: str, pattern: str, rows: Mapping) -> str | None:
    side, _, name = pattern.rpartition(":")
    wanted = comparable(name)
    for code, key in rows:
        if code == table and key.startswith(f"{side}:") and fnmatchcase(comparable(key.rpartition(":")[2]), wanted):
            return key
    return None
