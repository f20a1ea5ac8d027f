-- Every mart has one row per the key its header names.
with

keys (view, key) as (
    select 'disclosure', document_id::text from mart.disclosure
    union all
    select 'amount', concat_ws(' ', document_id, table_code, row_key, measure) from mart.amount
    union all
    select 'doubt', concat_ws(' ', document_id, doubt_no) from mart.doubt
    union all
    select 'coverage', array[document_id::text, department, division_code, fiscal_year::text, scope, table_code]::text
    from mart.coverage
    union all
    select 'slot_coverage', array[document_id::text, department, division_code, fiscal_year::text, kind, scope]::text
    from mart.slot_coverage
    union all
    select 'balance', document_id::text from mart.balance
    union all
    select 'income_by_source', concat_ws(' ', document_id, functional_code) from mart.income_by_source
    union all
    select 'expenditure_by_function', concat_ws(' ', document_id, functional_code) from mart.expenditure_by_function
    union all
    select 'basic_expenditure_by_economic_class', concat_ws(' ', document_id, economic_code)
    from mart.basic_expenditure_by_economic_class
    union all
    select 'government_fund', concat_ws(' ', document_id, functional_code) from mart.government_fund
    union all
    select 'state_capital', concat_ws(' ', document_id, functional_code) from mart.state_capital
    union all
    select 'three_public', document_id::text from mart.three_public
    union all
    select 'stated_figure', concat_ws(' ', document_id, kind, subject, measure) from mart.stated_figure
    union all
    select 'performance_project', concat_ws(' ', document_id, form_no) from mart.performance_project
    union all
    select 'performance_fund', concat_ws(' ', document_id, form_no, fund_no) from mart.performance_fund
    union all
    select 'performance_management', concat_ws(' ', document_id, form_no, item_no) from mart.performance_management
    union all
    select 'performance_indicator', concat_ws(' ', document_id, form_no, seq) from mart.performance_indicator
    union all
    select 'check_result', array[document_id::text, rule_id, table_code, row_key, measure]::text from mart.check_result
    union all
    select 'metric_value', concat_ws(' ', document_id, metric) from mart.metric_value
    union all
    select 'published_document', document_id::text from mart.published_document
    union all
    select 'yearly_change', concat_ws(' ', document_id, metric) from mart.yearly_change
    union all
    select 'peer_position', concat_ws(' ', document_id, metric) from mart.peer_position
    union all
    select 'class_expenditure', concat_ws(' ', fiscal_year, division_code, scope, class_code) from mart.class_expenditure
    union all
    select 'subject_name', concat_ws(' ', classification, code, name) from mart.subject_name
    union all
    select 'denominator', concat_ws(' ', division_code, fiscal_year) from mart.denominator
    union all
    select 'city_comparison', concat_ws(' ', document_id, metric) from mart.city_comparison
    union all
    select
        'city_comparison by department',
        array[fiscal_year::text, department_kind, jurisdiction_level, metric, department_id::text, scope]::text
    from mart.city_comparison
    where department_id is not null and fiscal_year is not null
    union all
    select 'left_out', concat_ws(' ', document_id, metric) from mart.left_out
    union all
    select 'year_over_year', concat_ws(' ', document_id, metric) from mart.year_over_year
    union all
    select 'year_over_year by department', array[department_id::text, fiscal_year::text, metric, scope]::text
    from mart.year_over_year
    where department_id is not null and fiscal_year is not null
    union all
    select 'budget_execution', concat_ws(' ', document_id, budget, subject) from mart.budget_execution
    union all
    select 'performance_comparison', document_id::text from mart.performance_comparison
    union all
    select 'jurisdiction', division_code from mart.jurisdiction
    union all
    select 'metric', metric from mart.metric
    union all
    select 'fiscal_year', fiscal_year::text from mart.fiscal_year
    union all
    select 'department', department_id::text from mart.department
    union all
    select 'functional_subject', functional_subject_id::text from mart.functional_subject
    union all
    select 'economic_subject', economic_subject_id::text from mart.economic_subject
    union all
    select 'standard_table', table_code from mart.standard_table
    union all
    select 'measure', concat_ws(' ', table_code, measure) from mart.measure
)

select view, key, count(*) as times
from keys
group by view, key
having count(*) > 1;
