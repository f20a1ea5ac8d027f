-- Whether the document of each slot was published in time, late, is missing, not due yet, or not readable.
-- Grain: one slot: every published one, and every expected one without a document.
create view intermediate.slot_state as
with

expected as (
    select * from intermediate.expected_slot
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, also where one document is asked for.
current_document as (
    select * from mart.published_document
    where is_current
),

expected_document as (
    select * from mart.published_document
    where is_current
),

-- Some kinds of documents keep (本级) in the name of a department's office; a manifest has the name without it.
office_document as (
    select
        slot_id,
        division_code,
        fiscal_year,
        kind,
        scope,
        body
    from mart.published_document
    where is_current and scope = 'unit' and body <> normalize(department, nfkc)
),

published as (
    select * from mart.published_document
),

department as (
    select * from staging.department
),

department_of_slot as (
    select * from staging.department
),

department_alias as (
    select * from staging.department_alias
),

jurisdiction as (
    select * from intermediate.jurisdiction
),

document_kind as (
    select * from staging.document_kind
),

unread_file as (
    select * from intermediate.unread_file
),

withdrawn as (
    select * from intermediate.withdrawn
),

document as (
    select * from staging.document
),

slot as (
    select * from staging.document_slot
),

slot_withdrawn as (
    select * from staging.document_slot
),

today as (
    select * from intermediate.today
),

-- The department with the name in the manifest, present or former, that has a document. Null if several match.
-- Materialized, as `unread` is: PostgreSQL plans each once and by itself.
expected_department as materialized (
    select
        expected.department,
        expected.division_code,
        expected.fiscal_year,
        expected.kind,
        expected.scope,
        expected.due_on,
        expected.listed_on,
        expected.source_ids,
        expected.own_source_ids,
        (
            select case when count(*) = 1 then min(department.department_id) end
            from department
            where
                (expected.division_code is null or department.division_code = expected.division_code)
                and (
                    department.name = expected.department
                    or exists (
                        select from department_alias
                        where department_alias.department_id = department.department_id
                            and department_alias.name = expected.department
                    )
                )
                and exists (select from slot where slot.department_id = department.department_id)
        ) as department_id
    from expected
),

matched as (
    select
        expected_department.department,
        expected_department.division_code,
        expected_department.fiscal_year,
        expected_department.kind,
        expected_department.scope,
        expected_department.due_on,
        expected_department.listed_on,
        expected_department.source_ids,
        expected_department.own_source_ids,
        expected_department.department_id,
        coalesce(expected_document.slot_id, office_document.slot_id) as slot_id
    from expected_department
    left join expected_document
        on expected_document.department_id = expected_department.department_id
        and expected_document.fiscal_year = expected_department.fiscal_year
        and expected_document.kind = expected_department.kind
        and (expected_department.scope is null or expected_document.scope = expected_department.scope)
    left join office_document
        on expected_document.slot_id is null
        and office_document.body = normalize(expected_department.department, nfkc)
        and office_document.fiscal_year = expected_department.fiscal_year
        and office_document.kind = expected_department.kind
        and (expected_department.scope is null or office_document.scope = expected_department.scope)
        and (expected_department.division_code is null or office_document.division_code = expected_department.division_code)
),

due as (
    select
        slot_id,
        min(due_on) as due_on,
        min(listed_on) as listed_on
    from matched
    where slot_id is not null
    group by slot_id
),

-- The first version counts, so that a correction does not make a punctual department late. Where no date is printed, a
-- file counts as late by the day on which it was first seen, if its source was listed before the due date.
disclosed as (
    select
        current_document.{shared},
        current_document.kind,
        case
            when first_version.printed_on > due.due_on then 'late'
            when first_version.printed_on <= due.due_on then 'published'
            when due.listed_on <= due.due_on and first_version.first_seen_on > due.due_on then 'late'
            else 'published'
        end as slot_status,
        due.due_on,
        coalesce(first_version.printed_on, first_version.first_seen_on) as disclosed_on,
        case when first_version.printed_on is null then 'first_seen' else 'printed' end as disclosed_basis,
        null::text as slot_reason,
        due.slot_id is not null as is_expected,
        current_document.slot_id,
        current_document.department_id,
        current_document.parse_id,
        current_document.body
    from current_document
    cross join lateral (
        select
            min(published.published_on) as printed_on,
            min((published.first_seen_at at time zone 'Asia/Shanghai')::date) as first_seen_on
        from published
        where published.slot_id = current_document.slot_id
    ) as first_version
    left join due on due.slot_id = current_document.slot_id
),

-- Unreadable files of a source for one department count for it; those of a source for several departments only for a
-- department whose name is in the file name.
unread as materialized (
    select
        matched.department,
        matched.division_code,
        matched.fiscal_year,
        matched.kind,
        matched.scope,
        bool_and(unread_file.error in ('Scanned', 'ScannedWithText')) as is_scan_only,
        string_agg(unread_file.file_name || ': ' || coalesce(unread_file.reason, ''), '; ' order by unread_file.file_name)
            as reason
    from matched
    inner join unread_file
        on unread_file.source_id = any(matched.own_source_ids)
        or (
            unread_file.source_id = any(matched.source_ids)
            and position(matched.department in unread_file.file_name) > 0
        )
    where matched.slot_id is null
    group by matched.department, matched.division_code, matched.fiscal_year, matched.kind, matched.scope
),

-- Without a due date in the manifest a document is due at the end of the year that its kind declares.
absent as (
    select
        null::integer as document_id,
        null::text as source_name,
        jurisdiction.province,
        jurisdiction.city,
        jurisdiction.county,
        matched.division_code,
        jurisdiction.jurisdiction_level,
        matched.department,
        department_of_slot.kind as department_kind,
        matched.scope,
        matched.fiscal_year,
        matched.kind,
        case
            when unread.is_scan_only then 'scan_only'
            when unread.department is not null then 'unreadable'
            when taken_back.is_so then 'withdrawn'
            when
                today.today > coalesce(
                    matched.due_on, make_date(matched.fiscal_year + document_kind.due_years_later, 12, 31)
                ) then 'missing'
            else 'not_due'
        end as slot_status,
        matched.due_on,
        null::date as disclosed_on,
        null::text as disclosed_basis,
        unread.reason as slot_reason,
        true as is_expected,
        null::integer as slot_id,
        matched.department_id,
        null::integer as parse_id,
        normalize(matched.department, nfkc) as body
    from matched
    inner join document_kind on document_kind.kind = matched.kind
    cross join today
    left join unread
        on (unread.department, unread.fiscal_year, unread.kind)
        = (matched.department, matched.fiscal_year, matched.kind)
        and unread.division_code is not distinct from matched.division_code
        and unread.scope is not distinct from matched.scope
    -- Of a slot whose document is withdrawn nobody may say that its department published nothing.
    -- Joined, not asked for by exists: the plan of a subquery is prepared even where no row needs it.
    left join lateral (
        select true as is_so
        from slot_withdrawn
        inner join document on document.slot_id = slot_withdrawn.slot_id
        inner join withdrawn on withdrawn.document_id = document.document_id
        where
            slot_withdrawn.department_id = matched.department_id
            and slot_withdrawn.fiscal_year = matched.fiscal_year
            and slot_withdrawn.kind = matched.kind
            and (matched.scope is null or slot_withdrawn.scope = matched.scope)
        limit 1
    ) as taken_back on true
    left join department_of_slot on department_of_slot.department_id = matched.department_id
    left join jurisdiction on jurisdiction.division_code = matched.division_code
    where matched.slot_id is null
)

select
    document_id,
    source_name,
    province,
    city,
    county,
    division_code,
    jurisdiction_level,
    department,
    department_kind,
    scope,
    fiscal_year,
    kind,
    slot_status,
    due_on,
    disclosed_on,
    disclosed_basis,
    slot_reason,
    is_expected,
    slot_id,
    department_id,
    parse_id,
    body
from disclosed
union all
select
    document_id,
    source_name,
    province,
    city,
    county,
    division_code,
    jurisdiction_level,
    department,
    department_kind,
    scope,
    fiscal_year,
    kind,
    slot_status,
    due_on,
    disclosed_on,
    disclosed_basis,
    slot_reason,
    is_expected,
    slot_id,
    department_id,
    parse_id,
    body
from absent;

comment on view intermediate.slot_state is '各文件位的公开情况：已公开者与清单预期而未公开者。粒度：每个文件位一行';
comment on column intermediate.slot_state.document_id is '文件版本编号；没有已入库的文件为空';
comment on column intermediate.slot_state.source_name is '文件名；没有已入库的文件为空';
comment on column intermediate.slot_state.province is '省份（来源：文件所示；没有文件者按清单所写区划）；无法判断时为空';
comment on column intermediate.slot_state.city is '地级市（来源：文件所示；没有文件者按清单所写区划）；无法判断或省级部门为空';
comment on column intermediate.slot_state.county is '县（区）（来源：文件所示；没有文件者按清单所写区划）；无法判断或省、市级部门为空';
comment on column intermediate.slot_state.division_code is '行政区划代码，六位；无法判断时为空';
comment on column intermediate.slot_state.department is '部门名称；没有文件者为清单所写';
comment on column intermediate.slot_state.body is '部门名称，字形统一，不含末尾的“(本级)”；没有文件者为清单所写';
comment on column intermediate.slot_state.department_kind is '部门类别，例如 工业和信息化；无法判断时为空';
comment on column intermediate.slot_state.scope is '口径：department 部门（含所属单位）、unit 单位本级；无法判断或清单未写为空';
comment on column intermediate.slot_state.fiscal_year is '决算（预算）年度；无法判断时为空';
comment on column intermediate.slot_state.slot_id is '文件位编号；没有已入库的文件为空';
comment on column intermediate.slot_state.department_id is '部门编号，连接 mart.department；无法判断或从未入库为空';
