-- The moment the setting juesuan.as_of names; the day is the last one that was over then. Grain: one row.
create view intermediate.today as
select
    current_setting('juesuan.as_of')::timestamptz as moment,
    ((current_setting('juesuan.as_of')::timestamptz - interval '1 microsecond') at time zone 'Asia/Shanghai')::date
        as today;

comment on view intermediate.today is '设置 juesuan.as_of 所指的时刻。粒度：一行';
comment on column intermediate.today.moment is '该时刻：在此以前的事才算';
comment on column intermediate.today.today is '该日（北京时间）';
