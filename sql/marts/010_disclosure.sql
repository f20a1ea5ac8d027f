-- Published disclosures. Grain: one document version, older ones included.
-- Key: document_id.
create view mart.disclosure as
with

published as (
    select * from mart.published_document
),

parse_table as (
    select * from staging.parse_table
),

parse as (
    select * from staging.parse
),

doubt as (
    select * from staging.doubt
),

check_result as (
    select * from staging.check_result
),

document_file as (
    select * from staging.document_file
),

year_check as (
    select * from intermediate.year_check
)

-- Scalar subqueries and left joins to at most one row: PostgreSQL omits them where a query does not use their columns.
select
    published.{shared},
    published.kind,
    published.sha256,
    published.source_url,
    published.format,
    published.pages,
    published.published_on,
    published.version,
    published.is_current,
    array(
        select parse_table.table_code
        from parse_table
        where parse_table.parse_id = published.parse_id and parse_table.status <> 'absent'
        order by parse_table.table_code
    ) as tables_found,
    checks.exact as checks_exact,
    checks.rounding as checks_rounding,
    checks.broken as checks_broken,
    checks.undetermined as checks_undetermined,
    (select count(*) from doubt where doubt.parse_id = published.parse_id) as doubts,
    parse.amounts_printed,
    parse.amounts_loaded,
    parse.amounts_doubtful,
    parse.amounts_unaccounted,
    parse.form_numbers,
    parse.narrative_numbers,
    published.parsed_at as loaded_at,
    published.first_seen_at,
    published.slot_id,
    published.department_id,
    published.department_printed,
    published.parse_id,
    published.parser_version,
    (select count(*) from document_file where document_file.document_id = published.document_id) as files,
    published.kind as document_kind,
    checks.withheld as checks_withheld
from published
left join parse on parse.parse_id = published.parse_id
left join lateral (
    select
        count(*) filter (where outcome = 'exact') as exact,
        count(*) filter (where outcome = 'rounding') as rounding,
        count(*) filter (where outcome = 'broken') as broken,
        count(*) filter (where outcome = 'undetermined') as undetermined,
        count(*) filter (where outcome = 'withheld') as withheld
    from (
        select check_result.outcome from check_result where check_result.parse_id = published.parse_id
        union all
        select year_check.outcome from year_check where year_check.document_id = published.document_id
    ) as outcomes
) as checks on true;

comment on view mart.disclosure is '已入库的决算公开文件，含被更正的旧版本。粒度：每个文件版本一行';
comment on column mart.disclosure.tables_found is '文件中出现的标准表编号（含空表与无法读出者），按编号排列';
comment on column mart.disclosure.checks_exact is '勾稽关系相等的个数（含与上年文件的核对；与预算文件的核对 YG1 不在内）；明细见 mart.check_result';
comment on column mart.disclosure.checks_rounding is '勾稽关系相差不超过四舍五入的个数（含与上年文件的核对；与预算文件的核对 YG1 不在内）';
comment on column mart.disclosure.checks_broken is '勾稽关系不符的个数（含与上年文件的核对；与预算文件的核对 YG1 不在内）';
comment on column mart.disclosure.checks_undetermined is '勾稽关系无法判定的个数（含与上年文件的核对；与预算文件的核对 YG1 不在内）：所需的数或表未能确切读出';
comment on column mart.disclosure.checks_withheld is '勾稽关系中下级之和小于上级，而各表所少相同、其余各类均相符的个数：发布者未公开其中的项（如涉密），不是不符';
comment on column mart.disclosure.files is '由几个文件组成；明细见 mart.document_file，source_name、sha256、source_url、format、pages 为正文的';
comment on column mart.disclosure.doubts is '疑点个数；明细见 mart.doubt';
comment on column mart.disclosure.loaded_at is '当前公布的解析的入库时间';
comment on column mart.disclosure.parse_id is '当前公布的解析编号（仓库内部）';
