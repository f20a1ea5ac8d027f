-- The moment the public views speak of: now. Grain: one row. sql/as_of/today.sql takes its place in the past.
create view intermediate.today as
select
    now() as moment,
    (now() at time zone 'Asia/Shanghai')::date as today;

comment on view intermediate.today is '公开视图所说的此刻。粒度：一行';
comment on column intermediate.today.moment is '此刻：在此以前的事才算';
comment on column intermediate.today.today is '今天（北京时间）';
