-- Successions of bodies by the reference list. Grain: one division × predecessor × successor × year.
create view staging.body_succession as
select
    division_code,
    predecessor,
    successor,
    effective_year,
    relation,
    effective_on,
    source,
    note
from warehouse.body_succession;

comment on view staging.body_succession is '机构承继表：更名、合并、拆分、职责划转的机构，凭依据收录。粒度：每个地区、原机构、新机构、年度一行';
comment on column staging.body_succession.division_code is '两机构所属行政区划代码；中央为 000000';
comment on column staging.body_succession.predecessor is '原机构名称';
comment on column staging.body_succession.successor is '新机构名称；合并、拆分后名称不变的机构与原机构同名';
comment on column staging.body_succession.effective_year is '生效年度：该年与上年比较时适用';
comment on column staging.body_succession.relation is '关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转';
comment on column staging.body_succession.effective_on is '生效日期；只知年度为空';
comment on column staging.body_succession.source is '依据';
comment on column staging.body_succession.note is '说明；没有为空';
