-- What of the year before a document is compared with: the document of the same body, or those of the bodies that it
-- follows; which of their tables may hold more than was read; and how the list of units changed.
-- Grain: one current document.
create view intermediate.year_pair as
with

current_parse as (
    select * from intermediate.current_parse
),

consecutive_year as (
    select * from intermediate.consecutive_year
),

continuation as (
    select * from intermediate.body_continuation
),

unit_change as (
    select * from intermediate.unit_change
),

last_table as (
    select * from intermediate.table_state
)

select
    current_parse.document_id,
    coalesce(continuation.continued, 'same') as continued,
    continuation.previous_department,
    continuation.succession,
    continuation.succession_source,
    compared.prior_document_ids,
    unread.table_codes as unread_tables,
    continuation.related_department_ids,
    continuation.without_document,
    continuation.why_no_prior,
    continuation.why_unlike,
    cardinality(unit_change.units_added) as units_added,
    cardinality(unit_change.units_removed) as units_removed,
    nullif(
        concat_ws(
            '；',
            '增加：' || nullif(array_to_string(unit_change.units_added, '、'), ''),
            '减少：' || nullif(array_to_string(unit_change.units_removed, '、'), '')
        ), ''
    ) as unit_changes
from current_parse
left join consecutive_year on consecutive_year.document_id = current_parse.document_id
left join continuation on continuation.document_id = current_parse.document_id
left join unit_change on unit_change.document_id = current_parse.document_id
cross join lateral (
    select
        case
            when continuation.document_id is not null then continuation.prior_document_ids
            when consecutive_year.last_document_id is not null then array[consecutive_year.last_document_id]
        end as prior_document_ids,
        case
            when continuation.document_id is not null then continuation.prior_parse_ids
            when consecutive_year.last_document_id is not null then array[consecutive_year.last_parse_id]
        end as prior_parse_ids
) as compared
-- "offset 0", so that the tables of these parses are looked up by the key and not among those of all.
left join lateral (
    select array_agg(found.table_code) as table_codes
    from unnest(compared.prior_parse_ids) as prior (parse_id)
    cross join lateral (
        select
            last_table.table_code,
            last_table.status,
            last_table.is_unread
        from last_table
        where last_table.parse_id = prior.parse_id
        offset 0
    ) as found
    where
        found.is_unread
        -- What a table that is not there would print cannot be added up.
        or (cardinality(compared.prior_parse_ids) > 1 and found.status in ('absent', 'blank'))
) as unread on true;

comment on view intermediate.year_pair is '文件与上年何文件相比：同一部门的，或所承继的各部门的。粒度：每个现行文件一行';
comment on column intermediate.year_pair.prior_document_ids is '上年文件版本编号，合并者为各部门的；没有或不可相比为空';
comment on column intermediate.year_pair.unread_tables is '上年文件中可能另有未读出之数的标准表；合并者含未公开或空白的。没有为空';
comment on column intermediate.year_pair.related_department_ids is '承继所涉的部门编号；没有为空';
comment on column intermediate.year_pair.without_document is '上年文件未入库的原部门；没有为空';
comment on column intermediate.year_pair.why_no_prior is '部门承继使上年数无从得出的理由；其余为空';
comment on column intermediate.year_pair.why_unlike is '有上年数而两年内容不同的理由；没有为空';
