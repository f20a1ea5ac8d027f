"""What the application asks of schema mart. Every text from outside is a parameter."""

DOCUMENT = """
select
    document.document_id, document.source_name, document.province, document.city, document.county, document.department,
    document.department_kind, document.scope, document.fiscal_year, document.kind, document.version,
    document.is_current, document.first_seen_at, document.published_on, document.slot_id, document.department_id,
    document.division_code, document.parser_version
from mart.published_document as document
where document.document_id = %(document)s
"""
FILE = """
select file_no, source_name, sha256, source_url, format, pages, size_bytes
from mart.document_file
where document_id = %(document)s and file_no = %(file_no)s
"""
_PLACE = "file_no, page, line_no, sheet, cell, box"
# The conditions on the table use the index, the condition on the whole place finds the cell: keys may have slashes.
_OF_CELL = """
    amount.table_code = split_part(%(place)s, '/', 1)
    and concat_ws('/', amount.table_code, amount.row_key, amount.measure) = %(place)s
"""
CELL = f"""
select
    'cell' as what, amount.table_code, standard_table.number as table_number,
    standard_table.official_name as table_name, amount.row_key,
    amount.row_label, amount.measure, measure.label as measure_label, amount.printed,
    amount.printed_unit, case when amount.quantity is null then amount.amount_wan end as amount_wan, amount.amount_yuan,
    amount.quantity as value, amount.value_unit, amount.presence, amount.status, amount.repair_reason as reason,
    amount.stored_value, amount.column_no, {_PLACE}
from mart.amount
left join mart.standard_table on standard_table.table_code = amount.table_code
left join mart.measure on measure.table_code = amount.table_code and measure.measure = amount.measure
where amount.document_id = %(document)s and {_OF_CELL}
"""
STATED = f"""
select
    'stated' as what, kind, kind_label, subject as row_label, measure, measure_label, printed, unit as printed_unit,
    value, text, amount_wan, status, repair_reason as reason, null as column_no, {_PLACE}
from mart.stated_figure
where document_id = %(document)s and concat_ws('/', 'stated', kind, subject, measure) = %(place)s
"""
DOUBT = f"""
select
    'doubt' as what, what as doubt, what_label, table_code, row_key as row_label, measure, measure as measure_label,
    printed, taken_as, reason, column_no, {_PLACE}
from mart.doubt
where document_id = %(document)s and concat_ws('/', 'doubt', doubt_no) = %(place)s
"""
CHECK = """
select
    'check' as what, rule_id, rule as row_label, outcome, left_wan, right_wan, difference_wan, envelope_wan, unit,
    explanation as reason, also_fits, cells, last_document_id, null as printed, null as column_no, file_no, page,
    null as line_no, null as sheet, null as cell, null as box
from mart.check_result
where document_id = %(document)s and concat_ws('/', 'check', rule_id, table_code, row_key, measure) = %(place)s
"""
INDICATOR = f"""
select
    'form' as what, project, form_no, seq, level1, level2, level3 as row_label, target, actual as printed, weight,
    score, is_met, reason as deviation_reason, status, repair_reason as reason, null as column_no, {_PLACE}
from mart.performance_indicator
where document_id = %(document)s and concat_ws('/', 'form', form_no, seq) = %(place)s
"""
FACT = f"""
select
    'fact' as what, fact, value, text, printed, null as column_no, {_PLACE}
from mart.body_fact
where document_id = %(document)s and concat_ws('/', 'fact', fact) = %(place)s
"""
# Not in order: PostgreSQL joins it faster with many places, for a site.
CHECKS_OF = """
select
    rule_id, rule, outcome, left_wan, right_wan, difference_wan, envelope_wan, unit, explanation,
    concat_ws('/', 'check', rule_id, table_code, row_key, measure) as place
from mart.check_result
where document_id = %(document)s and %(place)s = any (cells)
"""
# Of these places those that have a page: an identity also names cells that are not printed and count as 0.
PLACES_THERE = """
select place
from (
    select concat_ws('/', table_code, row_key, measure) as place from mart.amount where document_id = %(document)s
    union all
    select concat_ws('/', 'stated', kind, subject, measure) from mart.stated_figure where document_id = %(document)s
) as numbers
where place = any(%(places)s)
"""
DOUBTS_OF = """
select what, reason, printed, taken_as, concat_ws('/', 'doubt', doubt_no) as place
from mart.doubt
where
    document_id = %(document)s
    and row_key is not null
    and starts_with(%(place)s || '/', concat_ws('/', table_code, row_key, measure) || '/')
order by doubt_no
"""
# The number in each version of the document that has it.
IN_VERSIONS = f"""
select
    version.document_id, amount.printed, amount.printed_unit, amount.status,
    case when amount.quantity is null then amount.amount_wan end as amount_wan
from mart.published_document as shown
inner join mart.published_document as version on version.slot_id = shown.slot_id
inner join mart.amount on amount.document_id = version.document_id and {_OF_CELL}
where shown.document_id = %(document)s
"""
HEADLINES = """
select
    metric_value.metric, metric_value.metric_name, metric_value.value, metric.unit, metric_value.printed,
    metric_value.is_sound, metric_value.why_not, metric_value.table_code, metric_value.row_key, metric_value.measure
from mart.metric_value
inner join mart.metric on metric.metric = metric_value.metric
where metric_value.document_id = %(document)s and metric.is_usual and metric_value.value is not null
order by metric.metric_no
"""
VERSIONS_OF_DOCUMENT = """
select version.document_id, version.version, version.is_current, version.first_seen_at, version.published_on
from mart.published_document as shown
inner join mart.published_document as version on version.slot_id = shown.slot_id
where shown.document_id = %(document)s
order by version.version
"""
TABLES = """
select
    standard_table.table_code, standard_table.number, standard_table.official_name, coverage.status,
    coverage.first_page, coverage.statement, coverage.is_whole, coverage.unread_rows, coverage.unread_columns
from mart.standard_table
left join mart.coverage
    on coverage.table_code = standard_table.table_code and coverage.document_id = %(document)s
where standard_table.kind = (select kind from mart.published_document where document_id = %(document)s)
order by standard_table.sort_order
"""
AMOUNTS = """
select
    amount.table_code, amount.row_key, amount.row_label, coalesce(amount.functional_code, amount.economic_code) as code,
    amount.measure, measure.label as measure_label, amount.amount_wan, amount.quantity, amount.value_unit,
    amount.presence, amount.status, amount.printed
from mart.amount
left join mart.measure on measure.table_code = amount.table_code and measure.measure = amount.measure
where amount.document_id = %(document)s
order by amount.table_code, amount.row_no, measure.sort_order
"""
DOUBTS = """
select what, reason, printed, concat_ws('/', 'doubt', doubt_no) as place
from mart.doubt
where document_id = %(document)s
order by doubt_no
"""
BROKEN = """
select rule_id, rule, explanation, concat_ws('/', 'check', rule_id, table_code, row_key, measure) as place
from mart.check_result
where document_id = %(document)s and outcome = 'broken'
order by rule_id, place
"""
NEWEST = """
select
    document_id, province, city, county, department, fiscal_year, kind, first_seen_at, published_on
from mart.published_document
where is_current
order by first_seen_at desc, document_id desc
limit 100
"""
