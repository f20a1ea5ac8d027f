"""What the pages of bodies, places and rankings ask of schema mart. Every text from outside is a parameter."""

BODY = """
select department_id, department, department_kind, division_code, jurisdiction, jurisdiction_level, names_printed
from mart.department
where
    department_id = %(body)s
    and exists (select from mart.published_document as shown where shown.department_id = department.department_id)
"""
COUNT_OF_DOCUMENTS = "select count(*) as count from mart.published_document where is_current"
# The number of the document makes the order one: a row stands on one page.
DOCUMENTS = """
select
    document_id, province, city, county, department, fiscal_year, kind, scope, version, first_seen_at, published_on
from mart.published_document
where is_current
order by first_seen_at desc, document_id desc
limit %(most)s offset %(start)s
"""
COUNT_OF_BODIES = "select count(distinct department_id) as count from mart.published_document where is_current"
BODIES = """
select
    body.department_id, body.department, body.department_kind, body.division_code, body.jurisdiction,
    body.jurisdiction_level, counted.documents, counted.last_year
from mart.department as body
inner join (
    select department_id, count(*) as documents, max(fiscal_year) as last_year
    from mart.published_document
    where is_current
    group by department_id
) as counted on counted.department_id = body.department_id
order by body.division_code nulls last, body.department, body.department_id
limit %(most)s offset %(start)s
"""
DOCUMENTS_OF_BODY = """
select
    document.document_id, document.department, document.department_printed, document.fiscal_year, document.kind,
    document.scope, document.version, document.is_current, document.first_seen_at, document.published_on,
    (select count(*) from mart.doubt where doubt.document_id = document.document_id) as doubts
from mart.published_document as document
where document.department_id = %(body)s
order by document.fiscal_year desc nulls last, document.kind, document.scope, document.version desc
"""
# A number of a table has its place; that of one that is stated is found from the declarations.
_VALUE = """
    value.document_id, value.fiscal_year, value.scope, metric.kind, value.metric, metric.metric_name,
    metric.metric_family, metric.side, metric.unit, value.value, value.presence, value.printed, value.status,
    value.is_sound, value.why_not,
    case when value.table_code is not null and value.presence is not null
        then concat_ws('/', value.table_code, value.row_key, value.measure)
    end as place
"""
VALUES_OF_BODY = f"""
select {_VALUE}, position.rank, position.peers, position.left_out, position.peer_median, position.ratio_to_median,
    position.department_kind, position.jurisdiction_level
from mart.metric_value as value
inner join mart.metric on metric.metric = value.metric
left join mart.peer_position as position
    on position.document_id = value.document_id and position.metric = value.metric
where value.department_id = %(body)s and metric.level is null
order by metric.metric_no, metric.metric, value.fiscal_year
"""
VALUES_OF_DOCUMENTS = f"""
select {_VALUE}, value.department_id, value.department
from mart.metric_value as value
inner join mart.metric on metric.metric = value.metric
where value.document_id = any(%(documents)s) and value.metric = any(%(metrics)s)
order by metric.metric_no, metric.metric
"""
# The documents that are ranked with one by a metric.
PEERS = """
select position.document_id, shown.department_id, shown.department
from mart.peer_position as position
inner join mart.published_document as shown on shown.document_id = position.document_id
where
    position.department_kind = %(kind)s
    and position.fiscal_year = %(year)s
    and position.metric = %(metric)s
    and position.jurisdiction_level = %(level)s
    and position.scope = %(scope)s
    and position.rank is not null
order by shown.department, position.document_id
"""
HISTORY_OF_BODY = """
select predecessor, successor, relation, effective_year, source, is_used, predecessor_id, successor_id
from mart.body_history
where predecessor_id = %(body)s or successor_id = %(body)s
order by effective_year, statement
"""
# Of the places at which some documents may state a metric, those at which they do.
STATED_PLACES = """
select document_id, place
from (
    select document_id, concat_ws('/', 'stated', kind, subject, measure) as place from mart.stated_figure
    union all
    select document_id, concat_ws('/', 'fact', fact) from mart.body_fact
) as said
where document_id = any(%(documents)s) and place = any(%(places)s)
"""
PLACE = """
select division_code, jurisdiction, jurisdiction_level, parent_code, province, city, county
from mart.jurisdiction
where division_code = %(place)s
"""
PLACES_BELOW = """
select jurisdiction.division_code, jurisdiction.jurisdiction, jurisdiction.jurisdiction_level, counted.bodies
from mart.jurisdiction
inner join (
    select division_code, count(distinct department_id) as bodies
    from mart.published_document
    group by division_code
) as counted on counted.division_code = jurisdiction.division_code
where %(place)s::text is null or jurisdiction.parent_code = %(place)s
order by jurisdiction.division_code
"""
VALUES_OF_PLACE = f"""
select {_VALUE}, value.department_id, value.department
from mart.metric_value as value
inner join mart.metric on metric.metric = value.metric
where
    value.document_id in (
        select shown.document_id from mart.published_document as shown
        where shown.division_code = %(place)s and shown.fiscal_year = %(year)s
    )
    and metric.is_usual
order by metric.metric_no, metric.metric
"""
COVERAGE_OF_PLACE = """
select document_id, department_id, department, scope, fiscal_year, kind, slot_status, due_on
from mart.slot_coverage
where division_code = %(place)s
order by department, scope, fiscal_year desc nulls last, kind desc
"""
METRIC = """
select metric, metric_name, metric_family, kind, unit
from mart.metric
where metric = %(metric)s
"""
# Those of a kind of documents by which the bodies are ranked.
USUAL_METRICS = """
select metric.metric, metric.metric_name, metric.kind
from mart.metric
where
    metric.is_usual
    and metric.kind = %(of)s
    and exists (
        select from mart.peer_position as position
        where
            position.department_kind = %(kind)s
            and position.fiscal_year = %(year)s
            and position.metric = metric.metric
            and position.jurisdiction_level = %(level)s
            and position.scope = %(scope)s
    )
order by metric.metric_no
"""
# Years and kinds of bodies that have the metric, the largest group first.
GROUPS = """
select fiscal_year, department_kind, jurisdiction_level, scope, count(*) as bodies
from mart.peer_position
where
    metric = %(metric)s
    and department_kind is not null
    and jurisdiction_level is not null
    and fiscal_year is not null
    and scope is not null
group by fiscal_year, department_kind, jurisdiction_level, scope
order by bodies desc, department_kind, jurisdiction_level, scope, fiscal_year desc
"""
RANKING = """
select
    value.rank, value.document_id, value.department_id, value.department, value.province, value.city, value.county,
    value.division_code, value.fiscal_year, value.metric, value.value, value.unit, value.share_of_total_pct,
    value.peers, value.left_out, value.peer_median, value.ratio_to_median, value.percentile, value.is_comparable,
    value.why_not, value.status, value.printed,
    case when value.table_code is not null and value.printed is not null
        then concat_ws('/', value.table_code, value.row_key, value.measure)
    end as place
from mart.city_comparison as value
where
    value.metric = %(metric)s
    and value.fiscal_year = %(year)s
    and value.department_kind = %(kind)s
    and value.jurisdiction_level = %(level)s
    and value.scope = %(scope)s
order by value.rank nulls last, value.division_code, value.department
"""
# Those that have no row there: it is not known whether they print the number.
LEFT_OUT = """
select document_id, department_id, department, province, city, county, why_not
from mart.left_out
where
    metric = %(metric)s
    and fiscal_year = %(year)s
    and department_kind = %(kind)s
    and jurisdiction_level = %(level)s
    and scope = %(scope)s
    and not has_row
order by division_code, department
"""
# Versions as they came, and withdrawals.
NEWS = """
select * from (
    select
        document_id, sha256, department, fiscal_year, kind, scope, version, source_url, source_name,
        first_seen_at as changed_at, null as why_withdrawn, 'published' as news, province, city, county
    from mart.published_document
    union all
    select
        document_id, sha256, department, fiscal_year, kind, scope, version, source_url, source_name,
        withdrawn_at, why_withdrawn, 'withdrawn', province, city, county
    from mart.withdrawn
) as news
order by changed_at desc, document_id desc
limit 100
"""
