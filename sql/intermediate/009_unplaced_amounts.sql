-- Whether a file prints amounts of which nobody knows the table. Grain: one parse.
create view intermediate.unplaced_amounts as
select
    parse_id,
    coalesce(amounts_unaccounted, 1) > 0
    -- A count is planned once, "exists" twice: as asked here, and for all parses at once.
    or (
        select count(*) from staging.doubt
        where
            doubt.parse_id = parse.parse_id
            and doubt.table_code is null
            and doubt.what in ('table_unknown', 'page_not_read')
    ) > 0 as may_have_more_tables
from staging.parse;

comment on view intermediate.unplaced_amounts is '文件中是否有金额不知属于何表，或其金额未经清点。粒度：每次解析一行';
comment on column intermediate.unplaced_amounts.may_have_more_tables is '是否可能另有未认出的标准表';
