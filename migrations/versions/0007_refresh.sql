-- Revision 0007: slots that become public with the next refresh, and indexes of amounts by subject.

create table warehouse.stale_slot (
    parse_id integer not null,
    slot_id integer not null,
    stored_at timestamp with time zone not null,
    constraint stale_slot_pkey primary key (parse_id, slot_id)
);
comment on table warehouse.stale_slot is '已入库而公开视图尚未更新的文件位，下一次更新时一并公开。粒度：每次入库的每个文件位一行';
comment on column warehouse.stale_slot.parse_id is '解析编号';
comment on column warehouse.stale_slot.slot_id is '文件位编号；文件移往别处后可能已不存在';
comment on column warehouse.stale_slot.stored_at is '入库时间';

create index amount_functional_subject_idx on warehouse.amount (functional_subject_id, measure_id, parse_id)
    where functional_subject_id is not null;
create index amount_economic_subject_idx on warehouse.amount (economic_subject_id, measure_id, parse_id)
    where economic_subject_id is not null;
