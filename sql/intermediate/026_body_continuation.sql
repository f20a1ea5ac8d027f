-- Current documents whose body followed others in this year: what of the year before they are compared with.
-- Grain: one current document.
-- The accounts of a year appear in the next one, under the name of that time, and a new name may be used late. So a
-- change of a year is applied one year earlier or later as well, or in any year if none is stated, where the documents
-- prove it: the predecessors end and the successor begins.
create view intermediate.body_continuation as
with

this_year as (
    select * from intermediate.current_parse
),

consecutive_year as (
    select * from intermediate.consecutive_year
),

last_document as (
    select * from intermediate.current_parse
),

other_document as (
    select * from intermediate.current_parse
),

statement as (
    select * from intermediate.succession
    where not is_outweighed
),

-- All predecessors that one list or document names of a body.
change as (
    select
        origin,
        successor_id,
        relation,
        effective_year,
        min(successor) as successor,
        array_agg(predecessor order by predecessor) as predecessors,
        array_agg(predecessor_id order by predecessor) as predecessor_ids,
        string_agg(distinct source, '；') as source
    from statement
    where relation <> 'transferred' and successor_id is not null
    group by origin, document_id, successor_id, relation, effective_year
),

considered as (
    select
        this_year.document_id,
        this_year.fiscal_year,
        change.*,
        own.last_document_id as own_last_id,
        coalesce(this_year.department_id = any(change.predecessor_ids), false) as keeps_name,
        coalesce(abs(this_year.fiscal_year - change.effective_year) <= 1, change.effective_year is null) as is_near,
        coalesce(this_year.fiscal_year = change.effective_year, false) as is_in_year,
        parts.*
    from this_year
    inner join change on change.successor_id = this_year.department_id
    left join consecutive_year as own on own.document_id = this_year.document_id
    cross join lateral (
        select
            array_agg(last_document.document_id order by one.position) as last_document_ids,
            array_agg(last_document.parse_id order by one.position) as last_parse_ids,
            count(last_document.document_id) as found,
            string_agg('“' || one.name || '”', '、' order by one.position) filter (where last_document.document_id is null)
                as missing,
            count(other_document.document_id) as still_there
        from unnest(change.predecessors, change.predecessor_ids) with ordinality as one (name, department_id, position)
        left join last_document
            on last_document.department_id = one.department_id
            and last_document.fiscal_year = this_year.fiscal_year - 1
            and last_document.kind = this_year.kind
            and last_document.scope = this_year.scope
        left join other_document
            on other_document.department_id = one.department_id
            and other_document.department_id <> this_year.department_id
            and other_document.fiscal_year = this_year.fiscal_year
            and other_document.kind = this_year.kind
            and other_document.scope = this_year.scope
    ) as parts
),

applied as (
    select
        *,
        rank() over (partition by document_id order by origin = 'list' desc) as preference
    from considered
    where case
        when keeps_name then is_in_year
        when own_last_id is not null then is_in_year and relation = 'merged' and found > 0
        when still_there > 0 and relation <> 'split' then false
        else is_near and (is_in_year or found > 0)
    end
),

-- The same change said twice is one.
distinct_change as (
    select
        document_id,
        relation,
        predecessors,
        min(successor) as successor,
        min(effective_year) as effective_year,
        string_agg(distinct source, '；') as source,
        min(own_last_id) as own_last_id,
        bool_and(keeps_name) as keeps_name,
        min(predecessor_ids) as predecessor_ids,
        min(last_document_ids) as last_document_ids,
        min(last_parse_ids) as last_parse_ids,
        min(missing) as missing,
        count(*) over (partition by document_id) as changes
    from applied
    where preference = 1
    group by document_id, relation, predecessors
),

worded as (
    select
        *,
        array_to_string(predecessors, '、') || ' → ' || successor || '（' || coalesce(effective_year || ' 年', '')
        || case relation when 'renamed' then '更名' when 'merged' then '合并' else '拆分' end || '）' as succession
    from distinct_change
),

chosen as (
    select
        document_id,
        min(relation) as relation,
        string_agg(succession, '；' order by succession) as succession,
        string_agg(distinct source, '；') as source,
        min(array_to_string(predecessors, '、')) as predecessors,
        min(predecessor_ids) as predecessor_ids,
        min(last_document_ids) as last_document_ids,
        min(last_parse_ids) as last_parse_ids,
        min(missing) as missing,
        case
            when min(changes) > 1 then '所述前身不一：' || string_agg(succession, '；' order by succession)
            when min(relation) = 'split' then '由“' || min(array_to_string(predecessors, '、')) || '”拆分而来，上年数无从分列'
            when min(relation) = 'merged' and min(missing) is not null
                then '由“' || min(array_to_string(predecessors, '”“')) || '”合并而来，其中' || min(missing)
                    || '的上年文件未入库，无从相加'
            when min(own_last_id) is not null and not bool_and(keeps_name)
                then '由“' || min(array_to_string(predecessors, '”“')) || '”合并而来，而上年已有本部门的文件，承继所载未及其内容'
        end as why_no_prior
    from worded
    group by document_id
),

-- Duties that came or went while the body went on: both years are shown, but are not alike.
moved as (
    select
        this_year.document_id,
        string_agg(distinct statement.predecessor || ' → ' || statement.successor, '、') || '（'
        || min(this_year.fiscal_year) || ' 年' || case when bool_and(statement.relation = 'transferred') then '职责划转' else '拆分' end
        || '）' as succession,
        string_agg(distinct statement.source, '；') as source,
        array_agg(distinct other.department_id) filter (where other.department_id is not null) as other_ids
    from this_year
    inner join statement
        on statement.effective_year = this_year.fiscal_year
        and (
            (statement.relation = 'transferred' and statement.successor_id = this_year.department_id)
            or (
                statement.relation in ('transferred', 'split')
                and statement.predecessor_id = this_year.department_id
                and statement.successor_id is distinct from this_year.department_id
            )
        )
    cross join lateral (values (statement.predecessor_id), (statement.successor_id)) as other (department_id)
    group by this_year.document_id
)

select
    this_year.document_id,
    coalesce(chosen.relation, 'transferred') as continued,
    coalesce(chosen.predecessors, department.name) as previous_department,
    concat_ws('；', chosen.succession, moved.succession) as succession,
    concat_ws('；', chosen.source, case when moved.source is distinct from chosen.source then moved.source end)
        as succession_source,
    case
        when chosen.why_no_prior is not null then null
        when chosen.document_id is not null then array_remove(chosen.last_document_ids, null)
        when own.last_document_id is not null then array[own.last_document_id]
    end as prior_document_ids,
    case
        when chosen.why_no_prior is not null then null
        when chosen.document_id is not null then array_remove(chosen.last_parse_ids, null)
        when own.last_document_id is not null then array[own.last_parse_id]
    end as prior_parse_ids,
    array_remove(chosen.predecessor_ids || moved.other_ids, null) as related_department_ids,
    chosen.missing as without_document,
    chosen.why_no_prior,
    '部门职责有进出：' || moved.succession as why_unlike
from this_year
left join chosen on chosen.document_id = this_year.document_id
left join moved on moved.document_id = this_year.document_id
left join staging.department on department.department_id = this_year.department_id
left join consecutive_year as own on own.document_id = this_year.document_id
where chosen.document_id is not null or moved.document_id is not null;

comment on view intermediate.body_continuation is '本年所属部门有更名、合并、拆分或职责划转的文件，及其与上年何文件相比。粒度：每个这样的现行文件一行';
comment on column intermediate.body_continuation.prior_document_ids is '上年文件版本编号，合并者为各部门的；不可相比为空';
comment on column intermediate.body_continuation.prior_parse_ids is '上年文件的解析编号（仓库内部）；不可相比为空';
comment on column intermediate.body_continuation.related_department_ids is '承继所涉的部门编号';
comment on column intermediate.body_continuation.without_document is '上年文件未入库的原部门；没有为空';
comment on column intermediate.body_continuation.why_no_prior is '没有上年数的理由；可以相比为空';
comment on column intermediate.body_continuation.why_unlike is '有上年数而两年内容不同的理由；没有为空';
