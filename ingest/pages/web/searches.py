"""What the search asks of schema mart: rows of current documents with a text that has the words in it.

`strpos` compares characters, so words of two characters are found, and none of them means anything else.
"""

_BODIES = """
select
    body.department_id, body.department, body.jurisdiction as title,
    concat_ws(' ', body.department, array_to_string(body.names_printed, ' ')) as text
from mart.department as body
where
    (strpos(body.department, %(words)s) > 0 or strpos(array_to_string(body.names_printed, ' '), %(words)s) > 0)
    and exists (select from mart.published_document as shown where shown.department_id = body.department_id)
order by body.division_code, body.department
limit %(most)s
"""
_PROJECTS = """
select document_id, department, fiscal_year, document_kind as kind, null as title, null as place, project as text
from (
    select document_id, department, fiscal_year, document_kind, project from mart.performance_project where is_current
    union
    select document_id, department, fiscal_year, document_kind, project from mart.budget_project
) as named
where strpos(project, %(words)s) > 0
order by fiscal_year desc nulls last, document_id, project
limit %(most)s
"""
_INDICATORS = """
select
    document_id, department, fiscal_year, document_kind as kind, project as title,
    concat_ws('/', 'form', form_no, seq) as place, said.text
from mart.performance_indicator
cross join lateral (select concat_ws(' ', level1, level2, level3, target, actual, reason) as text) as said
where is_current and strpos(said.text, %(words)s) > 0
order by fiscal_year desc nulls last, document_id, form_no, seq
limit %(most)s
"""
_STATED = """
select
    document_id, department, fiscal_year, document_kind as kind,
    concat_ws(' ', kind_label, subject_label, measure_label) as title,
    concat_ws('/', 'stated', stated_figure.kind, subject, measure) as place, coalesce(text, printed) as text
from mart.stated_figure
where is_current and strpos(coalesce(text, printed), %(words)s) > 0
order by fiscal_year desc nulls last, document_id, place
limit %(most)s
"""
PARTS = {"bodies": _BODIES, "projects": _PROJECTS, "indicators": _INDICATORS, "said": _STATED}
