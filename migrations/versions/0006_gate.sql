-- Revision 0006: readings that are stored but not published until a person decides.

create table warehouse.held_parse (
    parse_id integer not null,
    prior_parse_id integer not null,
    reason text not null,
    dropped integer not null,
    changed integer not null,
    held_at timestamp with time zone not null,
    decision text,
    decided_at timestamp with time zone,
    constraint held_parse_pkey primary key (parse_id),
    constraint held_parse_counts_check check (dropped >= 0 and changed >= 0),
    constraint held_parse_decided_check check ((decision is null) = (decided_at is null)),
    constraint held_parse_decision_check check (decision in ('published', 'rejected', 'overtaken')),
    constraint held_parse_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id),
    constraint held_parse_prior_parse_id_fkey foreign key(prior_parse_id) references warehouse.parse (parse_id)
);
comment on table warehouse.held_parse is '暂不公布的解析：将使公布的金额大量消失，或在文件未变时改变，须由人决定。粒度：每个这样的解析一行';
comment on column warehouse.held_parse.parse_id is '暂不公布的解析编号';
comment on column warehouse.held_parse.prior_parse_id is '当时公布的解析编号';
comment on column warehouse.held_parse.reason is '暂不公布的原因';
comment on column warehouse.held_parse.dropped is '公布时将消失的金额个数';
comment on column warehouse.held_parse.changed is '文件未变而将改变的金额个数';
comment on column warehouse.held_parse.held_at is '入库时间';
comment on column warehouse.held_parse.decision is '处理：published 已公布、rejected 不予公布、overtaken 该文件另有解析公布；未处理为空';
comment on column warehouse.held_parse.decided_at is '处理时间；未处理为空';

comment on column warehouse.document_version.published_parse_id is '对外公布的解析编号；装载事务中途及暂不公布的文件为空';
