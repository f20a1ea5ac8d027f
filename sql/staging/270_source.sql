-- Sources: entries of manifests, with where documents are published and what is expected.
-- Grain: one source of a manifest.
create view staging.source as
select
    source_id,
    manifest,
    name,
    type,
    address,
    departments,
    fiscal_year,
    kind,
    scope,
    division_code,
    due_on,
    first_listed_at,
    last_listed_at,
    retired_at
from warehouse.source;

comment on view staging.source is '来源：清单中的一项，何处公开、预期什么。粒度：每个清单的每个来源一行';
comment on column staging.source.source_id is '来源编号（仓库内部）';
comment on column staging.source.manifest is '所在清单的文件名';
comment on column staging.source.name is '来源名称，清单内唯一';
comment on column staging.source.type is '类型：url 单个文件、parts 合为一份公开文件的若干文件、listing 列表页、folder 文件夹、glob 路径通配';
comment on column staging.source.address is '网址、文件夹或通配路径；若干文件者为其正文的网址或路径';
comment on column staging.source.departments is '预期的部门名称；未说明为空数组';
comment on column staging.source.fiscal_year is '预期的决算年度；未说明为空';
comment on column staging.source.kind is '预期的文件种类：final_accounts 决算、budget 预算';
comment on column staging.source.scope is '预期的口径：department 部门、unit 单位；未说明为空';
comment on column staging.source.division_code is '预期的行政区划代码；未说明为空';
comment on column staging.source.due_on is '应公开日期；未说明为空';
comment on column staging.source.first_listed_at is '首次列入清单的同步时间';
comment on column staging.source.last_listed_at is '最近一次列入清单的同步时间';
comment on column staging.source.retired_at is '清单不再列入的时间；仍列入为空';
