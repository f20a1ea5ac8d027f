"""The queries of the benchmark, each in two versions: for PostgreSQL's schema mart, and for one denormalised table
or Parquet file in DuckDB.

Year, code, class and kind are fixed in the text. {department_id} is replaced by a number, {rows} by the name of the
table or by the call that reads the file.
"""

from dataclasses import dataclass

# Column of mart.amount that is exported to DuckDB → its type there.
EXPORTED = {
    "document_id": "integer",
    "source_name": "varchar",
    "province": "varchar",
    "city": "varchar",
    "county": "varchar",
    "division_code": "varchar",
    "jurisdiction_level": "varchar",
    "department_id": "integer",
    "department": "varchar",
    "department_kind": "varchar",
    "scope": "varchar",
    "fiscal_year": "smallint",
    "table_code": "varchar",
    "row_key": "varchar",
    "measure": "varchar",
    "functional_code": "varchar",
    "economic_code": "varchar",
    "level": "varchar",
    "amount_wan": "decimal(20, 6)",
}
EXPORT = f"copy (select {', '.join(EXPORTED)} from mart.amount) to stdout (format csv)"


@dataclass(frozen=True, slots=True)
class Query:
    """One question, in both versions. `targets`: form of storage in DuckDB → how many times its seconds PostgreSQL may
    take; 0.2 is a fifth."""

    name: str
    what: str
    postgres: str
    duck: str
    targets: dict[str, float]


FIRST_THREE = {"parquet": 0.2, "native": 0.5}
QUERIES = (
    Query(
        "q1",
        "one code over all cities in a year",
        "select province, city, count(*), sum(amount_wan) from mart.metric_value"
        " where metric = 'functional:2080505' and fiscal_year = 2022 group by province, city",
        "select province, city, count(*), sum(amount_wan) from {rows}"
        " where table_code = 'GK03' and measure = 'total' and functional_code = '2080505' and fiscal_year = 2022"
        " group by province, city",
        FIRST_THREE,
    ),
    Query(
        "q2",
        "one department over all years",
        "select functional_code, fiscal_year, amount_wan from mart.metric_value"
        " where department_id = {department_id} and metric_family = 'functional'",
        "select functional_code, fiscal_year, amount_wan from {rows} where department_id = {department_id}"
        " and table_code = 'GK03' and measure = 'total' and functional_code is not null",
        FIRST_THREE,
    ),
    Query(
        "q3",
        "top 20 cities by share of a class",
        "select province, city, round(sum(amount_wan) filter (where class_code = '208') * 100"
        " / sum(amount_wan) filter (where class_code = 'TOTAL'), 2) as share from mart.class_expenditure"
        " where fiscal_year = 2022 and class_code in ('208', 'TOTAL') and scope = 'department'"
        " group by province, city order by share desc, province, city limit 20",
        "select province, city, round((sum(amount_wan) filter (where row_key = '208') * 100)::decimal(38, 6)::double"
        " / sum(amount_wan) filter (where row_key = 'TOTAL')::double, 2) as share from {rows}"
        " where table_code = 'GK03' and measure = 'total' and row_key in ('208', 'TOTAL') and fiscal_year = 2022"
        " and scope = 'department' group by province, city order by share desc, province, city limit 20",
        FIRST_THREE,
    ),
    Query(
        "q4",
        "city × year × class",
        "select province, city, fiscal_year, class_code, sum(amount_wan) from mart.class_expenditure"
        " where class_code <> 'TOTAL' and scope = 'department' group by province, city, fiscal_year, class_code",
        "select province, city, fiscal_year, row_key, sum(amount_wan) from {rows}"
        " where table_code = 'GK03' and measure = 'total' and level = 'class' and scope = 'department'"
        " group by province, city, fiscal_year, row_key",
        {"sorted": 1.0},
    ),
)
# The same questions asked of mart.amount, which has a row for each cell, as an analyst would who does not know
# mart.metric_value. They have no target.
FROM_AMOUNT = {
    "q1": "select province, city, count(*), sum(amount_wan) from mart.amount where table_code = 'GK03'"
    " and measure = 'total' and functional_code = '2080505' and fiscal_year = 2022 group by province, city",
    "q2": "select functional_code, fiscal_year, amount_wan from mart.amount where department_id = {department_id}"
    " and table_code = 'GK03' and measure = 'total' and functional_code is not null",
}
PAGES = {
    "q5": "select * from mart.year_over_year where department_kind = '工业和信息化' and fiscal_year = 2022"
    " order by metric, department, document_id limit 50",
    "q6": "select * from mart.city_comparison where department_kind = '工业和信息化' and fiscal_year = 2022"
    " and metric = 'expenditure' order by rank, document_id limit 50",
}
WHAT_PAGES = {"q5": "a page of year_over_year for one kind", "q6": "a page of city_comparison for one kind"}
BUDGET_VIEWS = (
    "budget_against_account",
    "budget_income_by_source",
    "budget_by_function",
    "budget_basic_by_economic_class",
    "budget_three_public",
    "budget_project",
    "execution_ranking",
)
# What is asked of each view of budgets.
OF_BUDGETS = {
    "one body": "department_id = {department_id}",
    "one body in a year": "department_id = {department_id} and fiscal_year = 2022",
    "a city in a year": "province = '{province}' and city = '{city}' and fiscal_year = 2022",
}
ALL_OF = (
    "select sum(pg_total_relation_size(oid))::bigint from pg_class"
    " where relkind = 'r' and relnamespace = '{}'::regnamespace"
)
SIZES = {
    "warehouse.amount": "select pg_table_size('warehouse.amount')",
    "its index": "select pg_indexes_size('warehouse.amount')",
    "warehouse, all of it": ALL_OF.format("warehouse"),
    "mart": ALL_OF.format("mart"),
}
