-- Parses that the gate held: stored, not public until a person decides. warehouse/load/gate.py says which.
-- Grain: one such parse.
create view staging.held_parse as
select
    parse_id,
    prior_parse_id,
    reason,
    dropped,
    changed,
    held_at,
    decision,
    decided_at
from warehouse.held_parse;

comment on view staging.held_parse is '暂不公布的解析：年度尚未结束而不可能有决算、明显劣于已公布者、将使公布的金额大量消失或在文件未变时改变，须由人决定。粒度：每个这样的解析一行';
comment on column staging.held_parse.parse_id is '暂不公布的解析编号';
comment on column staging.held_parse.prior_parse_id is '当时公布的解析编号；当时没有公布为空';
comment on column staging.held_parse.reason is '暂不公布的原因';
comment on column staging.held_parse.dropped is '公布时将消失的金额个数';
comment on column staging.held_parse.changed is '文件未变而将改变的金额个数';
comment on column staging.held_parse.held_at is '入库时间';
comment on column staging.held_parse.decision is '处理：published 已公布、rejected 不予公布、overtaken 该文件另有解析公布；未处理为空';
comment on column staging.held_parse.decided_at is '处理时间；未处理为空';
