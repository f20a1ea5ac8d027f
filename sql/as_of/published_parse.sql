-- The parse of every file version that was public at the moment in the setting juesuan.as_of: the one published last
-- before it; none of a version that was withdrawn then. Grain: one file version. mart.…_as_of(day) reads this view in place of intermediate.published_parse.
create view intermediate.published_parse as
with

publication as (
    select * from staging.publication
    where
        published_at < current_setting('juesuan.as_of')::timestamptz
        and not exists (select from intermediate.withdrawn where withdrawn.document_id = publication.document_id)
),

last_publication as (
    select distinct on (document_id)
        document_id,
        parse_id,
        slot_id,
        department_id,
        version
    from publication
    order by document_id, published_at desc, publication_id desc
),

parse as (
    select * from staging.parse
)

select
    last_publication.document_id,
    last_publication.parse_id,
    last_publication.slot_id,
    last_publication.department_id,
    parse.fiscal_year,
    parse.kind,
    parse.scope,
    last_publication.version,
    last_publication.version
    = max(last_publication.version) over (partition by last_publication.slot_id) as is_current
from last_publication
inner join parse on parse.parse_id = last_publication.parse_id;

comment on view intermediate.published_parse is '设置 juesuan.as_of 所指时刻公开视图所示的解析。粒度：每个文件版本一行';
comment on column intermediate.published_parse.parse_id is '当时公布的解析编号';
comment on column intermediate.published_parse.slot_id is '当时所在的文件位编号';
comment on column intermediate.published_parse.is_current is '当时是否为该文件位的最新版本';
