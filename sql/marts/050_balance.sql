-- The headline rows of GK01 and GK04, one column each. Grain: one current document.
-- Key: document_id.
create view mart.balance as
with

document as (
    select * from intermediate.current_accounts
),

amount as (
    select * from staging.amount
),

measure as (
    select * from staging.measure
),

-- The row of the form for each column, by item: independent of the printed wording.
headline (headline, table_code, measure, item_key) as (
    values
        ('income_wan', 'GK01', 'final', 'income'),
        ('income_general_public_budget_wan', 'GK01', 'final', 'income_general_public_budget'),
        ('income_government_fund_wan', 'GK01', 'final', 'income_government_fund'),
        ('income_state_capital_wan', 'GK01', 'final', 'income_state_capital'),
        ('income_superior_subsidy_wan', 'GK01', 'final', 'income_superior_subsidy'),
        ('income_institutional_wan', 'GK01', 'final', 'income_institutional'),
        ('income_operating_wan', 'GK01', 'final', 'income_operating'),
        ('income_subordinate_remittance_wan', 'GK01', 'final', 'income_subordinate_remittance'),
        ('income_other_wan', 'GK01', 'final', 'income_other'),
        ('non_fiscal_surplus_used_wan', 'GK01', 'final', 'non_fiscal_surplus_used'),
        ('opening_balance_wan', 'GK01', 'final', 'opening_balance'),
        ('income_grand_total_wan', 'GK01', 'final', 'income_grand_total'),
        ('expenditure_wan', 'GK01', 'final', 'expenditure'),
        ('surplus_distribution_wan', 'GK01', 'final', 'surplus_distribution'),
        ('closing_balance_wan', 'GK01', 'final', 'closing_balance'),
        ('expenditure_grand_total_wan', 'GK01', 'final', 'expenditure_grand_total'),
        ('fiscal_income_wan', 'GK04', 'amount', 'income'),
        ('fiscal_income_general_public_budget_wan', 'GK04', 'amount', 'income_general_public_budget'),
        ('fiscal_income_government_fund_wan', 'GK04', 'amount', 'income_government_fund'),
        ('fiscal_income_state_capital_wan', 'GK04', 'amount', 'income_state_capital'),
        ('fiscal_opening_balance_wan', 'GK04', 'amount', 'opening_balance'),
        ('fiscal_opening_general_public_budget_wan', 'GK04', 'amount', 'opening_general_public_budget'),
        ('fiscal_opening_government_fund_wan', 'GK04', 'amount', 'opening_government_fund'),
        ('fiscal_opening_state_capital_wan', 'GK04', 'amount', 'opening_state_capital'),
        ('fiscal_income_grand_total_wan', 'GK04', 'amount', 'income_grand_total'),
        ('fiscal_expenditure_wan', 'GK04', 'total', 'expenditure'),
        ('fiscal_expenditure_general_public_budget_wan', 'GK04', 'general_public_budget', 'expenditure'),
        ('fiscal_expenditure_government_fund_wan', 'GK04', 'government_fund', 'expenditure'),
        ('fiscal_expenditure_state_capital_wan', 'GK04', 'state_capital', 'expenditure'),
        ('fiscal_closing_balance_wan', 'GK04', 'total', 'closing_balance'),
        ('fiscal_closing_balance_general_public_budget_wan', 'GK04', 'general_public_budget', 'closing_balance'),
        ('fiscal_closing_balance_government_fund_wan', 'GK04', 'government_fund', 'closing_balance'),
        ('fiscal_closing_balance_state_capital_wan', 'GK04', 'state_capital', 'closing_balance'),
        ('fiscal_expenditure_grand_total_wan', 'GK04', 'total', 'expenditure_grand_total'),
        ('fiscal_expenditure_grand_total_general_public_budget_wan', 'GK04', 'general_public_budget', 'expenditure_grand_total'),
        ('fiscal_expenditure_grand_total_government_fund_wan', 'GK04', 'government_fund', 'expenditure_grand_total'),
        ('fiscal_expenditure_grand_total_state_capital_wan', 'GK04', 'state_capital', 'expenditure_grand_total')
),

table_state as (
    select * from intermediate.table_state
    where table_code in ('GK01', 'GK04') and status <> 'empty_with_statement'
),

unsound_check as (
    select * from intermediate.unsound_check
    where not is_of_narrative
),

unknown_row as (
    select * from intermediate.unknown_row
    where table_code in ('GK01', 'GK04')
),

-- Where a document prints a row twice, the first number is used.
picked as (
    select distinct on (amount.parse_id, headline.headline)
        amount.parse_id,
        headline.headline,
        concat_ws('/', headline.table_code, amount.row_key, headline.measure) as cell,
        amount.amount_wan,
        case when amount.status = 'doubtful' then amount.repair_reason end as why_doubtful
    from headline
    inner join measure on measure.table_code = headline.table_code and measure.measure = headline.measure
    inner join amount on amount.measure_id = measure.measure_id and amount.item_key = headline.item_key
    order by amount.parse_id, headline.headline, amount.presence <> 'number', amount.row_no
),

spread as (
    select
        parse_id,
        array_agg(cell) as cells,
        min(why_doubtful) as why_doubtful,
        max(amount_wan) filter (where headline = 'income_wan')::numeric(20, 6) as income_wan,
        max(amount_wan) filter (where headline = 'income_general_public_budget_wan')::numeric(20, 6) as income_general_public_budget_wan,
        max(amount_wan) filter (where headline = 'income_government_fund_wan')::numeric(20, 6) as income_government_fund_wan,
        max(amount_wan) filter (where headline = 'income_state_capital_wan')::numeric(20, 6) as income_state_capital_wan,
        max(amount_wan) filter (where headline = 'income_superior_subsidy_wan')::numeric(20, 6) as income_superior_subsidy_wan,
        max(amount_wan) filter (where headline = 'income_institutional_wan')::numeric(20, 6) as income_institutional_wan,
        max(amount_wan) filter (where headline = 'income_operating_wan')::numeric(20, 6) as income_operating_wan,
        max(amount_wan) filter (where headline = 'income_subordinate_remittance_wan')::numeric(20, 6) as income_subordinate_remittance_wan,
        max(amount_wan) filter (where headline = 'income_other_wan')::numeric(20, 6) as income_other_wan,
        max(amount_wan) filter (where headline = 'non_fiscal_surplus_used_wan')::numeric(20, 6) as non_fiscal_surplus_used_wan,
        max(amount_wan) filter (where headline = 'opening_balance_wan')::numeric(20, 6) as opening_balance_wan,
        max(amount_wan) filter (where headline = 'income_grand_total_wan')::numeric(20, 6) as income_grand_total_wan,
        max(amount_wan) filter (where headline = 'expenditure_wan')::numeric(20, 6) as expenditure_wan,
        max(amount_wan) filter (where headline = 'surplus_distribution_wan')::numeric(20, 6) as surplus_distribution_wan,
        max(amount_wan) filter (where headline = 'closing_balance_wan')::numeric(20, 6) as closing_balance_wan,
        max(amount_wan) filter (where headline = 'expenditure_grand_total_wan')::numeric(20, 6) as expenditure_grand_total_wan,
        max(amount_wan) filter (where headline = 'fiscal_income_wan')::numeric(20, 6) as fiscal_income_wan,
        max(amount_wan) filter (where headline = 'fiscal_income_general_public_budget_wan')::numeric(20, 6) as fiscal_income_general_public_budget_wan,
        max(amount_wan) filter (where headline = 'fiscal_income_government_fund_wan')::numeric(20, 6) as fiscal_income_government_fund_wan,
        max(amount_wan) filter (where headline = 'fiscal_income_state_capital_wan')::numeric(20, 6) as fiscal_income_state_capital_wan,
        max(amount_wan) filter (where headline = 'fiscal_opening_balance_wan')::numeric(20, 6) as fiscal_opening_balance_wan,
        max(amount_wan) filter (where headline = 'fiscal_opening_general_public_budget_wan')::numeric(20, 6) as fiscal_opening_general_public_budget_wan,
        max(amount_wan) filter (where headline = 'fiscal_opening_government_fund_wan')::numeric(20, 6) as fiscal_opening_government_fund_wan,
        max(amount_wan) filter (where headline = 'fiscal_opening_state_capital_wan')::numeric(20, 6) as fiscal_opening_state_capital_wan,
        max(amount_wan) filter (where headline = 'fiscal_income_grand_total_wan')::numeric(20, 6) as fiscal_income_grand_total_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_wan')::numeric(20, 6) as fiscal_expenditure_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_general_public_budget_wan')::numeric(20, 6) as fiscal_expenditure_general_public_budget_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_government_fund_wan')::numeric(20, 6) as fiscal_expenditure_government_fund_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_state_capital_wan')::numeric(20, 6) as fiscal_expenditure_state_capital_wan,
        max(amount_wan) filter (where headline = 'fiscal_closing_balance_wan')::numeric(20, 6) as fiscal_closing_balance_wan,
        max(amount_wan) filter (where headline = 'fiscal_closing_balance_general_public_budget_wan')::numeric(20, 6) as fiscal_closing_balance_general_public_budget_wan,
        max(amount_wan) filter (where headline = 'fiscal_closing_balance_government_fund_wan')::numeric(20, 6) as fiscal_closing_balance_government_fund_wan,
        max(amount_wan) filter (where headline = 'fiscal_closing_balance_state_capital_wan')::numeric(20, 6) as fiscal_closing_balance_state_capital_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_grand_total_wan')::numeric(20, 6) as fiscal_expenditure_grand_total_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_grand_total_general_public_budget_wan')::numeric(20, 6) as fiscal_expenditure_grand_total_general_public_budget_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_grand_total_government_fund_wan')::numeric(20, 6) as fiscal_expenditure_grand_total_government_fund_wan,
        max(amount_wan) filter (where headline = 'fiscal_expenditure_grand_total_state_capital_wan')::numeric(20, 6) as fiscal_expenditure_grand_total_state_capital_wan
    from picked
    group by parse_id
)

select
    document.{shared},
    spread.income_wan,
    spread.income_general_public_budget_wan,
    spread.income_government_fund_wan,
    spread.income_state_capital_wan,
    spread.income_superior_subsidy_wan,
    spread.income_institutional_wan,
    spread.income_operating_wan,
    spread.income_subordinate_remittance_wan,
    spread.income_other_wan,
    spread.non_fiscal_surplus_used_wan,
    spread.opening_balance_wan,
    spread.income_grand_total_wan,
    spread.expenditure_wan,
    spread.surplus_distribution_wan,
    spread.closing_balance_wan,
    spread.expenditure_grand_total_wan,
    spread.fiscal_income_wan,
    spread.fiscal_income_general_public_budget_wan,
    spread.fiscal_income_government_fund_wan,
    spread.fiscal_income_state_capital_wan,
    spread.fiscal_opening_balance_wan,
    spread.fiscal_opening_general_public_budget_wan,
    spread.fiscal_opening_government_fund_wan,
    spread.fiscal_opening_state_capital_wan,
    spread.fiscal_income_grand_total_wan,
    spread.fiscal_expenditure_wan,
    spread.fiscal_expenditure_general_public_budget_wan,
    spread.fiscal_expenditure_government_fund_wan,
    spread.fiscal_expenditure_state_capital_wan,
    spread.fiscal_closing_balance_wan,
    spread.fiscal_closing_balance_general_public_budget_wan,
    spread.fiscal_closing_balance_government_fund_wan,
    spread.fiscal_closing_balance_state_capital_wan,
    spread.fiscal_expenditure_grand_total_wan,
    spread.fiscal_expenditure_grand_total_general_public_budget_wan,
    spread.fiscal_expenditure_grand_total_government_fund_wan,
    spread.fiscal_expenditure_grand_total_state_capital_wan,
    coalesce(unshown.why_not, objected.why_not, unknown.why_not, spread.why_doubtful) is null as is_sound,
    coalesce(unshown.why_not, objected.why_not, unknown.why_not, '数字存疑：' || spread.why_doubtful) as why_not,
    document.slot_id,
    document.department_id,
    document.kind as document_kind
from document
left join lateral (
    -- The offset keeps PostgreSQL from looking for the rows of all documents before it looks at those asked for.
    select * from spread
    where spread.parse_id = document.parse_id
    offset 0
) as spread on true
left join lateral (
    select min(coalesce(table_state.why_not, table_state.why_no_unit)) as why_not
    from table_state
    where table_state.parse_id = document.parse_id
) as unshown on true
left join lateral (
    select min(unknown_row.why_not) as why_not
    from unknown_row
    where unknown_row.parse_id = document.parse_id
) as unknown on true
left join lateral (
    select
        (array_agg(unsound_check.why_not order by unsound_check.outcome, unsound_check.check_no))[1] as why_not
    from unsound_check
    where unsound_check.parse_id = document.parse_id and unsound_check.cells && spread.cells
) as objected on true;

comment on view mart.balance is '收支总表与财政拨款收支总表的主要数（仅最新版本的决算）。粒度：每个部门（口径）、年度一行；恒等式：收入总计 = 本年收入合计 + 使用非财政拨款结余 + 年初结转和结余 = 支出总计';
comment on column mart.balance.income_wan is '本年收入合计（万元，来源：GK01）';
comment on column mart.balance.income_general_public_budget_wan is '一般公共预算财政拨款收入（万元，来源：GK01）';
comment on column mart.balance.income_government_fund_wan is '政府性基金预算财政拨款收入（万元，来源：GK01）';
comment on column mart.balance.income_state_capital_wan is '国有资本经营预算财政拨款收入（万元，来源：GK01）';
comment on column mart.balance.income_superior_subsidy_wan is '上级补助收入（万元，来源：GK01）';
comment on column mart.balance.income_institutional_wan is '事业收入（万元，来源：GK01）';
comment on column mart.balance.income_operating_wan is '经营收入（万元，来源：GK01）';
comment on column mart.balance.income_subordinate_remittance_wan is '附属单位上缴收入（万元，来源：GK01）';
comment on column mart.balance.income_other_wan is '其他收入（万元，来源：GK01）';
comment on column mart.balance.non_fiscal_surplus_used_wan is '使用非财政拨款结余（旧称 用事业基金弥补收支差额）（万元，来源：GK01）';
comment on column mart.balance.opening_balance_wan is '年初结转和结余（万元，来源：GK01）';
comment on column mart.balance.income_grand_total_wan is '收入总计（万元，来源：GK01）';
comment on column mart.balance.expenditure_wan is '本年支出合计（万元，来源：GK01）';
comment on column mart.balance.surplus_distribution_wan is '结余分配（万元，来源：GK01）';
comment on column mart.balance.closing_balance_wan is '年末结转和结余（万元，来源：GK01）';
comment on column mart.balance.expenditure_grand_total_wan is '支出总计（万元，来源：GK01）';
comment on column mart.balance.fiscal_income_wan is '财政拨款本年收入合计（万元，来源：GK04）';
comment on column mart.balance.fiscal_income_general_public_budget_wan is '一般公共预算财政拨款本年收入（万元，来源：GK04）';
comment on column mart.balance.fiscal_income_government_fund_wan is '政府性基金预算财政拨款本年收入（万元，来源：GK04）';
comment on column mart.balance.fiscal_income_state_capital_wan is '国有资本经营预算财政拨款本年收入（万元，来源：GK04）';
comment on column mart.balance.fiscal_opening_balance_wan is '年初财政拨款结转和结余（万元，来源：GK04）';
comment on column mart.balance.fiscal_opening_general_public_budget_wan is '年初财政拨款结转和结余：一般公共预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_opening_government_fund_wan is '年初财政拨款结转和结余：政府性基金预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_opening_state_capital_wan is '年初财政拨款结转和结余：国有资本经营预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_income_grand_total_wan is '财政拨款收入总计（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_wan is '财政拨款本年支出合计（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_general_public_budget_wan is '财政拨款本年支出合计：一般公共预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_government_fund_wan is '财政拨款本年支出合计：政府性基金预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_state_capital_wan is '财政拨款本年支出合计：国有资本经营预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_closing_balance_wan is '年末财政拨款结转和结余（万元，来源：GK04）';
comment on column mart.balance.fiscal_closing_balance_general_public_budget_wan is '年末财政拨款结转和结余：一般公共预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_closing_balance_government_fund_wan is '年末财政拨款结转和结余：政府性基金预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_closing_balance_state_capital_wan is '年末财政拨款结转和结余：国有资本经营预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_grand_total_wan is '财政拨款支出总计（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_grand_total_general_public_budget_wan is '财政拨款支出总计：一般公共预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_grand_total_government_fund_wan is '财政拨款支出总计：政府性基金预算（万元，来源：GK04）';
comment on column mart.balance.fiscal_expenditure_grand_total_state_capital_wan is '财政拨款支出总计：国有资本经营预算（万元，来源：GK04）';
comment on column mart.balance.is_sound is '本行各数是否可靠：均已确切读出，公开01、04表均已公开、全部读出、单位确定，所涉勾稽关系没有不符或无法判定';
