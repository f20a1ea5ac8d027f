-- The moment in the setting juesuan.as_of, and the last day that had ended then. Grain: one row.
-- mart.…_as_of(day) reads this view in place of intermediate.today.
create view intermediate.today as
select
    current_setting('juesuan.as_of')::timestamptz as moment,
    ((current_setting('juesuan.as_of')::timestamptz - interval '1 microsecond') at time zone 'Asia/Shanghai')::date
        as today;

comment on view intermediate.today is '设置 juesuan.as_of 所指的时刻。粒度：一行';
comment on column intermediate.today.moment is '该时刻：在此以前的事才算';
comment on column intermediate.today.today is '该日（北京时间）';
