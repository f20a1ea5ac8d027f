"""The kinds of figures a narrative is asked for, and the measures of each."""

Key = tuple[str, str, str]  # kind, subject, measure

KINDS = {
    "income_composition": {"amount", "share_pct"},
    "expenditure_composition": {"amount", "share_pct"},
    "year_over_year": {"current", "change", "change_pct", "share_pct"},
    "structure": {"amount", "share_pct"},
    "budget_vs_final": {"initial_budget", "adjusted_budget", "final", "completion_pct", "reason"},
    "fund_budget_vs_final": {"initial_budget", "adjusted_budget", "final", "completion_pct", "reason"},
    "three_public_amount": {"budget", "final", "completion_pct", "share_pct"},
    "three_public_detail": {
        "overseas_groups", "overseas_persons", "vehicles_purchased", "vehicles_owned", "domestic_reception_batches",
        "domestic_reception_persons", "foreign_reception_batches", "foreign_reception_persons",
    },
    "operating_cost": {"initial_budget", "final", "completion_pct"},
    "procurement": {
        "total", "goods", "works", "services", "sme_contracts", "sme_share_pct", "micro_contracts", "micro_share_pct",
        "sme_reserved_budget", "micro_reserved_budget", "other_sme_contracts",
    },
    "state_assets": {
        "vehicles_total", "vehicles_provincial_leader", "vehicles_main_leader", "vehicles_confidential_comm",
        "vehicles_emergency", "vehicles_law_enforcement", "vehicles_special_technical", "vehicles_retired_cadre",
        "vehicles_other", "equipment_over_1m",
    },
    "performance_summary": {
        "projects_self_evaluated", "amount", "grade_excellent", "grade_good", "grade_medium", "grade_poor",
        "department_score", "average_score", "coverage_pct", "managed_amount", "targets_projects", "targets_amount",
        "monitoring_projects", "monitoring_amount", "monitoring_executed", "monitoring_execution_rate_pct",
        "department_evaluation_projects", "department_evaluation_amount", "problems_found",
        "projects_all_indicators_met", "projects_with_deviation", "projects_headquarters", "projects_subordinate",
        "projects_general_public", "amount_general_public", "projects_government_fund", "amount_government_fund",
        "department_amount_general_public", "department_amount_government_fund", "department_evaluation_score",
    },
    "project_score": {"amount", "budget", "executed", "execution_rate_pct", "score"},
}  # fmt: skip
