-- Revision 0012: tables that are locked in place of advisory locks.

create table warehouse.lock (
    name text collate "C" not null,
    number smallint not null,
    constraint lock_pkey primary key (name, number)
);
comment on table warehouse.lock is '供程序加行锁的行：事务结束即释放，内容从不改变。粒度：每把锁的每个序号一行';
comment on column warehouse.lock.name is '锁的名称：queue 队列、address 地址、file 文件、slot 文件位、refresh 公开表的刷新';
comment on column warehouse.lock.number is '序号：所锁之物（地址、文件、文件位）的散列值；只有一行的锁为 0';
insert into warehouse.lock (name, number) values ('queue', 0), ('refresh', 0);
insert into warehouse.lock (name, number)
select name, number from unnest(array['address', 'file', 'slot']) as name, generate_series(0, 1023) as number;

create table warehouse.night_lock ();
comment on table warehouse.night_lock is '没有列和行：每夜的运行自始至终锁定本表，故同时只有一个';
create table warehouse.sync_lock ();
comment on table warehouse.sync_lock is '没有列和行：取件自始至终锁定本表，故同时只有一个';
