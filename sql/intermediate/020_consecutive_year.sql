-- Documents with the document of the year before, of the same department, kind and scope.
-- Grain: one current document.
-- Without CTEs, so that PostgreSQL finds the document of last year by an index.
create view intermediate.consecutive_year as
select
    this_year.document_id,
    this_year.parse_id,
    this_year.fiscal_year,
    last_year.document_id as last_document_id,
    last_year.parse_id as last_parse_id,
    last_year.fiscal_year as last_fiscal_year,
    this_year.kind
from intermediate.current_parse as this_year
inner join intermediate.current_parse as last_year
    on last_year.department_id = this_year.department_id
    and last_year.fiscal_year = this_year.fiscal_year - 1
    and last_year.kind = this_year.kind
    and last_year.scope = this_year.scope;  -- not equal where both are unknown

comment on view intermediate.consecutive_year is '同一部门、同一口径、同一种类上一年度的文件也已入库的文件（仅最新版本）。粒度：每个现行文件一行';
comment on column intermediate.consecutive_year.document_id is '本年文件版本编号';
comment on column intermediate.consecutive_year.parse_id is '本年解析编号';
comment on column intermediate.consecutive_year.fiscal_year is '本年年度';
comment on column intermediate.consecutive_year.last_parse_id is '上年解析编号';
comment on column intermediate.consecutive_year.last_fiscal_year is '上年年度';
