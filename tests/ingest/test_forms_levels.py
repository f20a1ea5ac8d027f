"""Levels of torn forms: level 1 by the weights that the forms of a document share, level 2 by parts of labels."""

from decimal import Decimal as D

import pytest

from ingest.forms.indicators import IndicatorRow
from ingest.forms.layout.rows import FormRow
from ingest.forms.torn.level_labels import covering, with_own_cells
from ingest.forms.torn.level_weights import groups_by_weight, shared_weights

COST, OUTPUT, BENEFIT = "成本指标", "产出指标", "效益指标"
SHARED = ((COST, D(10)), (OUTPUT, D(30)), (BENEFIT, D(30)))


def form(*rows):
    """A form whose indicators have these levels and weights."""
    return [(name, weight and D(weight)) for name, weight in rows]


USUAL = form((COST, "4"), (COST, "6"), (OUTPUT, "30"), (BENEFIT, "30"))
OTHER = form((COST, "20"), (OUTPUT, "20"), (BENEFIT, "30"))
UNKNOWN = form((COST, "10"), (OUTPUT, None), (BENEFIT, "30"))


@pytest.mark.parametrize(
    ("forms", "shared"),
    [
        ([USUAL] * 3 + [OTHER, UNKNOWN], SHARED),
        ([USUAL] * 2, ()),  # too few
        ([USUAL] * 4 + [OTHER] * 2, ()),  # half as many say otherwise
        ([UNKNOWN] * 5, ()),
    ],
)
def test_the_weights_of_level_1_are_shared_where_most_forms_print_the_same(forms, shared):
    assert shared_weights(forms) == shared


@pytest.mark.parametrize(
    ("weights", "groups"),
    [
        (["10", "15", "15", "30"], [(COST, range(1)), (OUTPUT, range(1, 3)), (BENEFIT, range(3, 4))]),
        (["10", "25", "10", "25"], []),  # no border at 40
        (["10", "30", "20"], []),
        (["10", "30", "30", "5"], []),  # a row is left
        (["10", None, "30"], []),
    ],
)
def test_a_form_whose_weights_make_the_same_sums_has_its_borders_there(weights, groups):
    assert groups_by_weight([weight and D(weight) for weight in weights], SHARED) == groups


KNOWN = ("数量指标", "时效指标", "质量指标")


@pytest.mark.parametrize(
    ("level2", "level3", "label", "name"),
    [
        ("数量指标", "检查次数", "数量指标", "检查次数"),
        ("·质量指标", "合格率", "质量指标", "合格率"),
        ("质量", "合格率", "质量指标", "合格率"),
        ("时¦效指标", "及时性", "时效指标", "及时性"),
        ("时效", "対指标¦开展及时性", "时效指标", "开展及时性"),
        ("", "时多¦效指标¦完成及时率", "时效指标", "完成及时率"),
        ("双里指标", "检查次数", None, "检查次数"),  # 量 and 数 are misread
        ("", "效指标¦完成率", None, "效指标¦完成率"),  # 时 is lost, and nothing stands in its own cell
    ],
)
def test_a_label_that_a_border_has_cut_is_put_together(level2, level3, label, name):
    row = IndicatorRow({"level2": level2, "level3": level3}, FormRow((), False))
    assert (with_own_cells(row, KNOWN), row.texts["level3"]) == (label, name)


A, B = "数量指标", "质量指标"


@pytest.mark.parametrize(
    ("labels", "unread", "weights", "covered"),
    [
        ((None, A, None), "000", "555", [A, A, A]),
        ((A, None, B, None), "0100", "7575", [A, A, B, B]),  # the other half of a label is not legible
        ((None, A, None, B), "1010", "5555", [A, A, B, B]),
        ((None, None, B), "110", "555", [None, None, B]),  # a label of its own that nobody can read
        ((A, None, B), "000", "225", [A, A, B]),  # of two ways alike the one where the weight changes
        ((A, None, B), "000", "255", [A, B, B]),
        ((None, None, None), "010", "555", [None, None, None]),
    ],
)
def test_a_label_covers_the_rows_around_the_middle_of_its_cell(labels, unread, weights, covered):
    assert covering(labels, [mark == "1" for mark in unread], list(map(D, weights))) == covered
