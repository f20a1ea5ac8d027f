"""docs/checks.md agrees with the declarations."""

from ingest.checks.documentation import FILE, render
from tests.kinds import ACCOUNTS
from warehouse.kinds.kind import load_kinds


def test_docs_checks_md_is_current():
    assert FILE.read_text("utf-8") == render(load_kinds()), "python -m ingest.checks.documentation writes it anew"


def test_docs_checks_md_has_every_rule_with_its_severity():
    lines = render([ACCOUNTS]).splitlines()
    assert {line.split(" | ")[0].removeprefix("| ") for line in lines if line.startswith("| ")} >= {
        rule.id for rule in ACCOUNTS.rules
    }
    (h3,) = [line for line in lines if line.startswith("| H3 |")]
    assert " | 公开09表 | 预算法第十三条：支出以经批准的预算为依据 | 提示 | 否 | " in h3
    (a1,) = [line for line in lines if line.startswith("| A1 |")]
    assert a1 == "| A1 | 收入各项之和 = 本年收入合计 | 公开01表 | 表内勾稽 | 差错 | 是 | — |"
