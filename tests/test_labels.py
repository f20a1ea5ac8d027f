"""The labels of codes: each has one, and what the declarations of the narrative name has one as well."""

import tomllib

import pytest

from warehouse.kinds import labels as module
from warehouse.kinds.declared import DeclarationError
from warehouse.kinds.labels import ENUMS, label_of, labels, number_label
from warehouse.kinds.names import FOLDER


def figures() -> list[dict]:
    files = FOLDER.glob("*/narrative/figures.toml")
    return [kind for file in files for kind in tomllib.loads(file.read_text("utf-8"))["kind"]]


def test_a_code_has_a_chinese_and_an_english_label():
    assert ("what", "several_rows", "只应有一行的表印有几行", "several rows") in labels()
    assert label_of("status", "as_printed") == "如印"
    assert (label_of("kind", "budget"), label_of("kind", "no such code")) == ("预算", "no such code")


def test_no_code_of_a_column_is_there_twice_and_none_is_without_label():
    keys = [(label.column_group, label.code) for label in labels()]
    assert len(keys) == len(set(keys))
    assert all(label.label_zh for label in labels())


def test_every_kind_of_figure_and_every_measure_of_the_narrative_has_a_label():
    kinds = {figure["name"] for figure in figures()}
    measures = {measure for figure in figures() for measure in figure["measures"]}
    known = {(label.column_group, label.code) for label in labels()}
    assert {("kind", kind) for kind in kinds} <= known
    assert {("stated_figure.measure", measure) for measure in measures} <= known


@pytest.mark.parametrize(
    ("place", "label"),
    [
        ("GK03/TOTAL/total", "公开03表 合计 本年支出合计"),
        ("2023:GK04/income:总计/amount", "2023年度 公开04表 总计 收入金额"),
        ("budget:YS07/all/budget_reception", "预算文件 预算07表 合计 预算数：公务接待费"),
        ("GK09/all/final_reception_foreign", "公开09表 财政拨款“三公”经费支出决算表 外宾接待费决算数"),
        ("YS11/货物/复印纸/total", "预算11表 货物/复印纸 合计"),
        ("stated/budget_vs_final/TOTAL/initial_budget", "决算与预算相比 合计 年初预算"),
        ("form/统计管理/indicator:2:weight", "绩效表 统计管理 指标 2 权重"),
        ("nothing/TOTAL/total", "nothing/TOTAL/total"),
        ("TOTAL", "TOTAL"),
    ],
)
def test_a_number_that_an_identity_names_has_a_chinese_name(place, label):
    assert number_label(place) == label


@pytest.mark.parametrize("line", ['[scope]\ndepartment = "另一名称"', '[scope]\nother = ""'])
def test_two_labels_or_an_empty_one_are_refused(line, tmp_path, monkeypatch):
    file = tmp_path / "labels.toml"
    others = {*ENUMS, "kind", "document_kind", "metric_family"} - {"scope"}
    file.write_text("\n".join([*(f"[{name}]" for name in others), line]), "utf-8")
    monkeypatch.setattr(module, "FILE", file)
    with pytest.raises(DeclarationError, match=r"labels\.toml: scope\.(department|other)"):
        labels.__wrapped__()
