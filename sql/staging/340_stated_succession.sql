-- Successions that documents state of their own bodies. Grain: one statement of a parse.
create view staging.stated_succession as
select
    parse_id,
    succession_no,
    predecessor,
    successor,
    relation,
    effective_year,
    effective_on,
    printed,
    page,
    line_no,
    file_no,
    sheet,
    cell,
    box
from warehouse.stated_succession;

comment on view staging.stated_succession is '文件所述的机构承继：本机构的更名、合并、拆分、职责划转。粒度：每次解析的每项所述一行';
comment on column staging.stated_succession.succession_no is '在该次解析中的序号，自 1 起';
comment on column staging.stated_succession.predecessor is '原机构名称';
comment on column staging.stated_succession.successor is '新机构名称';
comment on column staging.stated_succession.relation is '关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转';
comment on column staging.stated_succession.effective_year is '所述的年度；未述为空';
comment on column staging.stated_succession.effective_on is '所述的日期；未述到日为空';
comment on column staging.stated_succession.printed is '所述的原文';
