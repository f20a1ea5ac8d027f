"""What somebody who has the password of juesuan_reader may try against the warehouse, and what comes of it.

`python -m tests.warehouse.reader_attempts` prints the list.
"""

from dataclasses import dataclass
from enum import StrEnum

import psycopg
from psycopg import errors


class Outcome(StrEnum):
    REFUSED = "refused"
    NOTHING = "ends without an error and changes nothing"
    OWN = "allowed: it concerns his own session"
    REPAIRED = "allowed to every role by PostgreSQL: the next upgrade changes it back"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`error`: with which a refused one ends; `said`: what the next upgrade says of a repaired one."""

    group: str
    statement: str
    outcome: Outcome = Outcome.REFUSED
    error: type[psycopg.Error] = errors.InsufficientPrivilege
    said: str = ""


def _refused(group: str, *statements: str) -> list[Attempt]:
    return [Attempt(group, statement) for statement in statements]


def _own(group: str, *statements: str) -> list[Attempt]:
    return [Attempt(group, statement, Outcome.OWN) for statement in statements]


def _repaired(statement: str, said: str) -> Attempt:
    return Attempt("its own role", statement, Outcome.REPAIRED, said=said)


def _locked(statement: str) -> str:
    """In a transaction, which LOCK TABLE needs."""
    return f"do $$ begin execute '{statement}'; end $$"


ATTEMPTS = [
    *_refused(
        "locks",
        "select pg_advisory_lock(hashtextextended('juesuan nightly', 0))",
        "select pg_advisory_lock(hashtextextended('juesuan queue', 0))",
        "select pg_try_advisory_lock(1, 2)",
        "select pg_advisory_xact_lock_shared(1)",
        "select count(pg_advisory_lock(n)) from generate_series(1, 1000000) as n",
        _locked("lock table warehouse.night_lock in access share mode"),
        _locked("lock table warehouse.alembic_version in share row exclusive mode"),
        _locked("lock table mart.metric_value in row exclusive mode"),
        _locked("lock table mart.metric_value in access exclusive mode"),
        "select from warehouse.lock for update",
        "select from mart.metric_value for key share",
    ),
    *_own("locks", _locked("lock table mart.metric_value in access share mode")),
    *_refused(
        "roles",
        "set role juesuan",
        "set session authorization juesuan",
        "grant juesuan to juesuan_reader",
        "grant pg_read_server_files to juesuan_reader",
        "create role mine",
        "alter role juesuan password 'changed'",
        "alter role juesuan_reader superuser",
        "alter role juesuan_reader createrole",
        "alter role juesuan_reader connection limit -1",
        "alter role juesuan_reader set temp_file_limit = -1",
        "alter role juesuan_reader reset temp_file_limit",
        "reassign owned by juesuan to juesuan_reader",
        "select rolpassword from pg_authid",
    ),
    _repaired(
        "alter role juesuan_reader password 'changed'", "its password was set to that of `juesuan db url --reader`"
    ),
    _repaired("alter role juesuan_reader password null", "its password was set to that of `juesuan db url --reader`"),
    _repaired("alter role juesuan_reader set statement_timeout = 0", "statement_timeout was set to 60s (was 0)"),
    _repaired("alter role juesuan_reader reset search_path", "search_path was set to mart (was not set)"),
    _repaired("alter role juesuan_reader reset all", "default_transaction_read_only was set to on (was not set)"),
    _repaired(
        "alter role juesuan_reader in database juesuan set default_transaction_read_only = off",
        "its own setting default_transaction_read_only = off was taken away",
    ),
    _repaired(
        "alter role juesuan_reader set local_preload_libraries = 'missing'",  # no session of the role begins any more
        "its own setting local_preload_libraries = missing was taken away",
    ),
    Attempt(
        "its own role", "alter role juesuan_reader set post_auth_delay = 1000000", error=errors.CantChangeRuntimeParam
    ),
    *_refused(
        "settings",
        "set temp_file_limit = -1",
        "select set_config('temp_file_limit', '-1', false)",
        "set session_replication_role = replica",
        "set log_statement = 'none'",
        "alter system set max_connections = 1",
        "alter database juesuan set default_transaction_read_only = on",
        "alter role all set statement_timeout = 1",
        "select pg_reload_conf()",
    ),
    *_own(
        "settings",
        "set statement_timeout = 0",
        "set default_transaction_read_only = off",
        "set idle_in_transaction_session_timeout = 0",
        "set work_mem = '1GB'",
        "set juesuan.as_of = '2020-01-01'",
    ),
    *_refused(
        "objects",
        "create temp table mine as select g from generate_series(1, 1000) as g",
        "select 1 as one into temp mine",
        "create temp view mine as select 1 as one",
        "create function pg_temp.mine() returns int language sql as 'select 1'",
        "create table public.mine (one int)",
        "create table mart.mine (one int)",
        "create view mart.mine as select 1 as one",
        "create function mart.mine() returns int language sql as 'select 1'",
        "create schema mine",
        "create database mine",
        "create publication mine",
        "create event trigger mine on ddl_command_start execute function suppress_redundant_updates_trigger()",
        "create trigger mine before update on mart.metric_value for each row"
        " execute function suppress_redundant_updates_trigger()",
        "alter table mart.metric_value add column mine int",
        "drop view mart.amount",
        "truncate mart.metric_value",
        "delete from mart.metric_value",
        "insert into warehouse.fiscal_year values (2001)",
        "comment on table mart.metric_value is 'mine'",
        "reindex table mart.metric_value",
        "select * from warehouse.amount",
        "select * from procrastinate.procrastinate_jobs",
    ),
    Attempt(
        "objects", "delete from mart.amount", error=errors.ObjectNotInPrerequisiteState
    ),  # a view of several tables
    Attempt("objects", "grant select on mart.metric_value to public", Outcome.NOTHING),
    Attempt("objects", "analyze mart.metric_value", Outcome.NOTHING),
    Attempt("objects", "vacuum mart.metric_value", Outcome.NOTHING),
    *_refused(
        "large objects",
        "select lo_from_bytea(0, repeat('x', 1000000)::bytea)",
        "select lo_create(0)",
        "select lo_creat(-1)",
        "select lo_open(1, 131072)",
        "select lo_put(1, 0, 'x')",
        "select lo_import('/etc/passwd')",
    ),
    *_refused(
        "files",
        "copy mart.metric_value to program 'cat'",
        "copy mart.metric_value to '/tmp/mine'",
        "select pg_read_file('/etc/passwd')",
        "select pg_ls_dir('/')",
        "select lo_export(1, '/tmp/mine')",
    ),
    *_refused(
        "functions",
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'juesuan' limit 1",
        "select pg_cancel_backend(pid) from pg_stat_activity where usename = 'juesuan' limit 1",
        "select nextval('warehouse.run_run_id_seq')",
        "select pg_logical_emit_message(false, 'mine', repeat('x', 1000000))",
        "select pg_create_physical_replication_slot('mine', true)",
        "select pg_create_restore_point('mine')",
        "select pg_switch_wal()",
        "select pg_rotate_logfile()",
        "select pg_stat_reset()",
        "checkpoint",
    ),
    Attempt("functions", "begin; prepare transaction 'mine'", error=errors.ObjectNotInPrerequisiteState),
    *_own(
        "functions",
        "do $$ begin for n in 1..1000000 loop null; end loop; end $$",
        "select pg_sleep(0.1)",
        "listen procrastinate_any_queue_v1",
        "notify procrastinate_any_queue_v1, 'mine'",
        "select from mart.amount_as_of(current_date) limit 1",
    ),
]

if __name__ == "__main__":
    for number, attempt in enumerate(ATTEMPTS, start=1):
        print(f"{number:3} {attempt.group:14} {attempt.statement[:100]:100} {attempt.outcome}")
