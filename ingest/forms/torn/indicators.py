"""The indicators of a torn form: levels by the middle of their cells, points by sums, targets by proof."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ingest.forms.cells.fragments import BORDER, is_cut, whole
from ingest.forms.form_spec import FormSpec, label
from ingest.forms.indicators import IndicatorRow, indicator
from ingest.forms.notes import Notes
from ingest.forms.torn.labels import known_part
from ingest.forms.torn.level_labels import covering, level2s_of, with_own_cells
from ingest.forms.torn.level_weights import LevelWeight, LevelWeights, groups_by_weight
from ingest.forms.torn.levels import centred_groups
from ingest.forms.torn.points import by_deviation, candidates, settled
from ingest.forms.torn.targets import proved_target
from ingest.forms.torn.unproved import NOT_PROVED
from ingest.forms.values import numbers
from ingest.forms.values.quantities import quantity
from ingest.values.sums import sum_of
from warehouse.kinds.characters import name_of, squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Indicator, Status

_LEAST = form_weights().torn
Points = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class IndicatorsOfTorn:
    """The indicator rows of a torn form, each with its weight and score."""

    rows: list[IndicatorRow]
    points: list[Points]

    @property
    def weights(self) -> list[Decimal | None]:
        return [weight for weight, _ in self.points]


def begin_indicators(rows: list[IndicatorRow], sums: Points, notes: Notes) -> IndicatorsOfTorn:
    """The rows with their points; `sums` are the weight and the score that the form leaves for its indicators."""
    return IndicatorsOfTorn(rows, with_lone_numbers(rows, points_of(rows, sums), sums, notes))


def levels_of(printed: IndicatorsOfTorn, spec: FormSpec) -> list[LevelWeight]:
    """Level 1 and weight of each row, as far as the form itself tells them."""
    centre_levels(printed.rows, spec)
    return [(row.level1, weight) for row, weight in zip(printed.rows, printed.weights, strict=True)]


def torn_indicators(
    printed: IndicatorsOfTorn, spec: FormSpec, shared: LevelWeights, notes: Notes
) -> tuple[Indicator, ...]:
    """Every row with what is proved; `shared` are the weights of each level 1 in the other forms."""
    rows, points = printed.rows, printed.points
    if not level_by_weights(rows, printed.weights, spec, shared):
        centre_levels(rows, spec)
    return tuple(_mended(row, indicator(seq, row), points[seq - 1], notes) for seq, row in enumerate(rows, start=1))


def level_by_weights(
    rows: list[IndicatorRow], weights: list[Decimal | None], spec: FormSpec, shared: LevelWeights
) -> bool:
    """Levels by the weights of the other forms. False where a legible label of this form contradicts them."""
    groups = groups_by_weight(weights, shared)
    for level1, own in groups:
        for row in (rows[n] for n in own):
            level2 = level2_of(row.texts.get("level2"), spec)
            printed = {level1_of(row.texts.get("level1"), spec), spec.groups[label(level2)] if level2 else None}
            if printed - {None, level1}:
                return False
    for level1, own in groups:
        known = level2s_of(spec, level1)
        labels = [with_own_cells(rows[n], known) for n in own]
        unread = [bool(rows[n].texts.get("level2")) and not name for n, name in zip(own, labels, strict=True)]
        level2s = covering(labels, unread, [weights[n] for n in own])
        for n, level2 in zip(own, level2s, strict=True):
            rows[n].level1, rows[n].level2 = level1, level2
    return bool(groups)


def centre_levels(rows: list[IndicatorRow], spec: FormSpec) -> None:
    """Level 2 from the labels in the middle of their merged cells, level 1 from level 2.

    Where no level 2 label of a level 1 is legible, the level 1 label marks a group without level 2.
    """
    level2s = [level2_of(row.texts.get("level2"), spec) for row in rows]
    level1s = [level1_of(row.texts.get("level1"), spec) for row in rows]
    with_level2 = {spec.groups[label(level2)] for level2 in level2s if level2}
    marks = [
        (level2, spec.groups[label(level2)]) if level2 else (None, level1)
        for level2, level1 in zip(level2s, level1s, strict=True)
    ]
    printed = [n for n, (level2, level1) in enumerate(marks) if level2 or (level1 and level1 not in with_level2)]
    illegible = {n for n, row in enumerate(rows) if row.texts.get("level2") and n not in printed}
    middles = [_middle(n, printed, illegible) for n in printed]
    for row, nth in zip(rows, centred_groups(len(rows), printed, middles), strict=True):
        row.level2, row.level1 = marks[printed[nth]] if nth >= 0 else (None, None)


def _middle(label: int, printed: list[int], illegible: set[int]) -> float:
    """A label on the border of two rows is legible in the one and not in the other."""
    if label + 1 in illegible:
        return label + 0.5
    return label - 0.5 if label - 1 in illegible and label - 2 not in printed else label


@lru_cache(maxsize=4096)  # 4 calls per row
def level1_of(text: str | None, spec: FormSpec) -> str | None:
    """The known level 1 label that a damaged text prints."""
    known = tuple(sorted(spec.level1_labels))
    return known_part(name_of(whole(text)), known, least=_LEAST.part_of_level1) if text else None


@lru_cache(maxsize=4096)  # 4 calls per row
def level2_of(text: str | None, spec: FormSpec) -> str | None:
    """The known level 2 label that a damaged text prints."""
    if not text:
        return None
    bare = name_of(whole(text))
    if label(bare) in spec.groups:
        return bare
    known = tuple(level2 for level2 in spec.groups if level2.endswith(wordings().indicators.level2_ending))
    return known_part(bare, known, least=_LEAST.part_of_level2)


def points_of(rows: list[IndicatorRow], sums: Points) -> list[Points]:
    """Weight and score of every row; cut ones settled by the deviation or by the sums of the form."""
    choices = [_choices(row) for row in rows]
    weights = settled([weight for weight, _ in choices], sums[0])
    possible = [
        [score for score in scores if weight is None or score <= weight]
        for weight, (_, scores) in zip(weights, choices, strict=True)
    ]
    scores = settled(possible, sums[1])
    return [
        (weight, None if _may_be_deviation(row, score) else score)
        for row, weight, score in zip(rows, weights, scores, strict=True)
    ]


def with_lone_numbers(rows: list[IndicatorRow], points: list[Points], sums: Points, notes: Notes) -> list[Points]:
    """3 | 0.00: of weight and score one is not legible, the deviation of 0.00 says that both are 3.

    Taken only if the scores of all rows then make the sum that the form leaves for them; the one weight that is
    still missing is what the others leave of theirs.
    """
    lone = [n for n, row in enumerate(rows) if _is_lone(row, points[n])]
    filled = [(weight, weight) if n in lone else (weight, score) for n, (weight, score) in enumerate(points)]
    scores, weights = [score for _, score in filled], [weight for weight, _ in filled]
    if sums[1] is None or sum_of(scores) != sums[1]:
        return points
    for n in lone:
        rows[n].texts["deviation_pct"] = rows[n].texts["score"]
        _say_proved(rows[n], n, f"得分{scores[n]}", notes)
    if weights.count(None) == 1 and sums[0] is not None:
        n = weights.index(None)
        left = sums[0] - sum(weight for weight in weights if weight is not None)
        score = scores[n]
        if left > 0 and score is not None and left >= score:
            filled[n] = (left, scores[n])
            _say_proved(rows[n], n, f"分值{left}", notes)
    return filled


def _is_lone(row: IndicatorRow, points: Points) -> bool:
    """The row prints a weight and behind it 0.00, in decimals that no score has."""
    printed = squeeze(row.texts.get("score") or "")
    is_open = points[0] is not None and points[1] is None
    return is_open and not row.texts.get("deviation_pct") and "." in printed and numbers.plain(printed) == 0


def _say_proved(row: IndicatorRow, n: int, what: str, notes: Notes) -> None:
    reason = f"第{n + 1}项指标的{what}由偏差度与各项之和证实"
    notes.add(DoubtKind.FORM_CELL_REPAIRED, reason, row.row, printed=row.row.text[:80])


def _may_be_deviation(row: IndicatorRow, score: Decimal | None) -> bool:
    """A lone 0.00 behind the weight may be the score or the deviation."""
    return score == 0 and not row.texts.get("deviation_pct")


def _choices(row: IndicatorRow) -> tuple[list[Decimal], list[Decimal]]:
    weights, scores = candidates(row.texts.get("weight")), candidates(row.texts.get("score"))
    return by_deviation(weights, scores, numbers.plain(row.texts.get("deviation_pct")))


def _mended(row: IndicatorRow, read: Indicator, points: Points, notes: Notes) -> Indicator:
    printed = squeeze(row.texts.get("target") or "")
    actual = _actual(row.texts.get("actual"))
    target = _target(row, printed, actual, points)
    aim, reached = quantity(target), quantity(actual)
    mended = replace(
        read,
        level1=row.level1,
        level2=row.level2,
        level3=_name(row.texts.get("level3"), read.level3),
        target=target,
        target_operator=aim.operator,
        target_value=aim.value,
        target_unit=aim.unit,
        actual=actual,
        actual_value=reached.value,
        weight=points[0],
        score=points[1],
    )
    _say(row, mended, notes)
    changed = [key for key in ("target", "actual", "weight", "score") if _changed(row, mended, key)]
    _say_unproved(row, mended, changed, notes)
    if not changed:
        return mended
    return replace(mended, status=Status.REPAIRED, repair_reason="表格线割裂单元格,按本行及本表其他数字证实后拼合")


def _name(printed: str | None, read: str | None) -> str | None:
    """The name of an indicator; of a cut one its pieces if they are nothing but words that the border parted."""
    if not is_cut(printed):
        return read
    pieces = [_STRAY.sub("", piece) for piece in (printed or "").split(BORDER)]
    return "".join(pieces) if all(map(_WORDS.fullmatch, pieces)) else None


def _say_unproved(row: IndicatorRow, read: Indicator, proved: list[str], notes: Notes) -> None:
    """A doubt for what was taken as printed: levels and texts always, numbers where nothing of the row is proved."""
    asked = {key: name for key, name in _FIELDS.items() if key not in proved and not (proved and key in _POINTS)}
    names = [name for key, name in asked.items() if getattr(read, key) is not None]
    if names:
        reason = f"{NOT_PROVED}:第{read.seq}项指标的{'、'.join(names)}"
        notes.add(DoubtKind.FORM_INDICATORS_UNPROVED, reason, row.row, printed=row.row.text[:80])


def _target(row: IndicatorRow, printed: str, actual: str | None, points: Points) -> str | None:
    if not printed:
        return None
    evidence = squeeze(whole((row.texts.get("level3") or "") + (row.texts.get("reason") or "")))
    return proved_target(printed, actual, evidence, points[0] is not None and points[0] == points[1])


def _actual(text: str | None) -> str | None:
    """The actual value if its cell is whole; a stray bracket of the border is no part of it."""
    if not text or is_cut(text) or len(numbers.words_of(text)) > 1:
        return None
    return squeeze(text).strip("()") or None


def _changed(row: IndicatorRow, read: Indicator, key: str) -> bool:
    printed = row.texts.get(key)
    return is_cut(printed) and getattr(read, key) is not None


def _say(row: IndicatorRow, read: Indicator, notes: Notes) -> None:
    """A doubt for every cell that was cut: what it was taken as, or that it stays open."""
    for key, name in _NAMES.items():
        printed, value = row.texts.get(key), getattr(read, key)
        if (is_cut(printed) and not (key == "level3" and value)) or (printed and value is None):
            what, how = (
                (DoubtKind.FORM_CELL_OPEN, "不能证实,留空")
                if value is None
                else (DoubtKind.FORM_CELL_REPAIRED, "已证实并拼合")
            )
            taken = None if value is None else str(value)
            notes.add(what, f"第{read.seq}项指标的{name}被表格线割裂,{how}", row.row, printed=printed, taken_as=taken)


_STRAY = re.compile(r"^[『「(（]+|[』」)）]+$")
_WORDS = re.compile("[\u4e00-\u9fff]+")
_POINTS = ("weight", "score")
_FIELDS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "deviation_pct": "偏差度",
    "reason": "偏差原因",
}
_NAMES = {"level3": "三级指标", "target": "指标值", "actual": "实际完成值", "weight": "分值", "score": "得分"}
