-- The newest version of every slot of final accounts; most public views show these documents only.
-- Grain: one current document.
create view intermediate.current_accounts as
select * from mart.published_document
where is_current and kind = 'final_accounts';

comment on view intermediate.current_accounts is '现行的决算：各文件位最新版本的文件。粒度：每个现行决算文件一行';
comment on column intermediate.current_accounts.parse_id is '当前公布的解析编号（仓库内部）';
comment on column intermediate.current_accounts.parsed_at is '当前公布的解析的入库时间';
