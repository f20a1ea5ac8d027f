-- Files of the sources that could not be read, with the last result. Grain: one file of a source.
-- Files of another kind and files that are no disclosure are left out: they are not the expected document.
-- A disclosure of several files is read as a whole: a result of one of its parts alone says nothing about it.
create view intermediate.unread_file as
with

source_file as (
    select * from staging.source_file
),

reading as (
    select * from staging.reading
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice by itself, and joins with its row.
today as (
    select * from intermediate.today
),

today_of_reading as (
    select * from intermediate.today
),

concluded as (
    select distinct on (reading.sha256)
        reading.sha256,
        reading.status,
        reading.error,
        reading.reason
    from reading
    cross join today_of_reading
    where reading.ended_at < today_of_reading.moment
    order by reading.sha256, reading.ended_at desc, reading.parser_version desc
)

select
    source_file.source_id,
    source_file.file_name,
    source_file.address,
    concluded.status,
    concluded.error,
    concluded.reason
from source_file
cross join today
inner join concluded on concluded.sha256 = source_file.sha256
where
    source_file.is_current
    and source_file.counts_as <> 'part'
    and source_file.first_seen_at < today.moment
    and concluded.status in ('failed', 'quarantined')
    and concluded.error is distinct from 'AnotherKind'
    and concluded.error is distinct from 'NotADisclosure';

comment on view intermediate.unread_file is '来源中取得而未能读出的文件及其原因。粒度：每个来源的每个文件一行';
comment on column intermediate.unread_file.source_id is '来源编号';
comment on column intermediate.unread_file.file_name is '文件名';
comment on column intermediate.unread_file.address is '网址或路径';
comment on column intermediate.unread_file.status is '结论：failed 无法读取、quarantined 隔离';
comment on column intermediate.unread_file.error is '原因的类别';
comment on column intermediate.unread_file.reason is '原因';
