-- The current moment and day. Grain: one row. For mart.…_as_of(day) sql/as_of/today.sql is used instead.
create view intermediate.today as
select
    now() as moment,
    (now() at time zone 'Asia/Shanghai')::date as today;

comment on view intermediate.today is '当前时刻与日期，公开视图据以判断逾期等。粒度：一行';
comment on column intermediate.today.moment is '此刻：在此以前的事才算';
comment on column intermediate.today.today is '今天（北京时间）';
