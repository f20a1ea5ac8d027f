-- A number that was recognised in a picture is never taken for what is printed: it is confirmed, or doubtful.
alter table warehouse.amount
    add column origin text not null default 'text',
    add constraint amount_origin_check check (origin in ('text', 'picture')),
    drop constraint amount_status_check,
    add constraint amount_status_check check (status in ('as_printed', 'repaired', 'confirmed', 'doubtful')),
    add constraint amount_picture_check check (origin = 'text' or status <> 'as_printed');
comment on column warehouse.amount.origin is '读自何处：text 文字、picture 图像';
comment on column warehouse.amount.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、confirmed 图像识别且已证实、doubtful 存疑';
alter table warehouse.stated_figure
    drop constraint stated_figure_status_check,
    add constraint stated_figure_status_check check (status in ('as_printed', 'repaired', 'confirmed', 'doubtful'));
comment on column warehouse.stated_figure.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、confirmed 图像识别且已证实、doubtful 存疑';
alter table warehouse.performance_indicator
    drop constraint performance_indicator_status_check,
    add constraint performance_indicator_status_check check (status in ('as_printed', 'repaired', 'confirmed', 'doubtful'));
comment on column warehouse.performance_indicator.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、confirmed 图像识别且已证实、doubtful 存疑';
