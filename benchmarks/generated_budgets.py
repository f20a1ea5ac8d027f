"""The cells of the tables of a budget, in the forms of generated_forms: with the items that the accounts have."""

from collections.abc import Mapping

from benchmarks.generated_forms import CLASSES, CLOSING, FIRST_ITEM, OPENING, THREE_PUBLIC, Form, codes, names
from warehouse.kinds.kind import load_kind

BUDGET = "budget"
# Table with functional codes → its columns; what is not of one of the funds, basic or for a project is not planned.
MEASURES = {
    "YS02": (
        "total",
        "fiscal_appropriation",
        "general_public_budget",
        "government_fund",
        "state_capital",
        "institutional",
        "other",
    ),
    "YS03": ("total", "basic", "project", "remitted_to_superior", "operating", "subsidy_to_subordinates"),
    "YS05": ("total", "basic", "project"),
    "YS08": ("total", "basic", "project"),
}
OF_FUND = {"YS05": False, "YS08": True}  # the tables that have the items of one fund only


def write_budget(made: Form, economic_codes: list[str]) -> None:
    _write_sides(made)
    for table in MEASURES:
        _write_codes(made, table)
    economic = names("economic", made.year)
    for code in economic_codes:
        made.put("YS06", code, economic[code], total=made.economic(code))
    personnel, public = made.economic("301", "303"), made.economic("302", "310")
    made.put("YS06", "TOTAL", "合计", total=made.economic(""), personnel=personnel, public=public)
    _write_three_public(made)
    made.put("YS09", "TOTAL", "合计", total=None, basic=None, project=None)
    _write_projects(made)


def _write_sides(made: Form) -> None:
    """YS01 and YS04: the rows of their declarations, and the classes."""
    total = made.number((OPENING, *range(FIRST_ITEM, FIRST_ITEM + len(made.items))))
    numbers = {
        "income_fiscal_appropriation": made.income(),
        "income_general_public_budget": made.income(fund=False),
        "income_government_fund": made.income(fund=True),
        "income": made.income(),
        "opening_balance": OPENING,
        "income_grand_total": total,
        "expenditure": made.spent(),
        "closing_balance": CLOSING,
        "expenditure_grand_total": total,
    }
    for code, name in CLASSES.items():
        made.put("YS01", f"expenditure:{name}", name, budget=made.spent(code))
    _write_rows(made, "YS01", numbers, {"income": "budget", "expenditure": "budget"})
    for code, name in CLASSES.items():
        general, fund = made.spent(code, None, False), made.spent(code, None, True)
        own = {"total": made.spent(code), "general_public_budget": general, "government_fund": fund}
        made.put("YS04", f"expenditure:{name}", name, **own, state_capital=None)
    _write_rows(made, "YS04", numbers, {"income": "amount", "expenditure": "total"})


def _write_rows(made: Form, table: str, numbers: Mapping[str, int | None], measures: Mapping[str, str]) -> None:
    """The rows that are no classes, with the measure of their side. `numbers`: key of a row → index."""
    for row in load_kind(BUDGET).table(table).rows:
        if row.side:
            made.put(table, row.row_key, row.label, **{measures[row.side]: numbers.get(row.key)})


def _write_codes(made: Form, table: str) -> None:
    fund = OF_FUND.get(table)
    functional = names("functional", made.year)
    for code in codes(item for item in made.items if fund in (None, item.is_fund)):
        known = {
            "total": made.spent(code, None, fund),
            "basic": made.spent(code, False, fund),
            "project": made.spent(code, True, fund),
            "fiscal_appropriation": made.spent(code, None, fund),
            "general_public_budget": made.spent(code, None, False),
            "government_fund": made.spent(code, None, True),
        }
        planned = {measure: known.get(measure) for measure in MEASURES[table]}
        made.put(table, code or "TOTAL", functional.get(code, "合计"), **planned)


def _write_three_public(made: Form) -> None:
    first = made.first_economic + len(made.economics)
    overseas, purchase, operation, reception = range(first, first + len(THREE_PUBLIC))
    made.put(
        "YS07",
        "all",
        "三公经费",
        budget_total=made.number((overseas, purchase, operation, reception)),
        budget_overseas=overseas,
        budget_vehicle_total=made.number((purchase, operation)),
        budget_vehicle_purchase=purchase,
        budget_vehicle_operation=operation,
        budget_reception=reception,
    )


def _write_projects(made: Form) -> None:
    """One project for each item of projects, and their sum."""
    functional = names("functional", made.year)
    for code in ("", *(item.code for item in made.items if item.is_project)):
        name = functional.get(code, code) if code else "合计"
        parts = {
            "general_public_budget": made.spent(code, True, False),
            "government_fund": made.spent(code, True, True),
        }
        made.put("YS10", f"project:{name}" if code else "TOTAL", name, total=made.spent(code, True), **parts)
