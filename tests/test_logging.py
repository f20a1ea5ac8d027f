"""What is printed, logged or stored: docs/decisions/logging.md."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.test_layers import ROOT, files, imported, wing

MODULES = [file for package in ("warehouse", "ingest") for file in files(package)]


def importing(*libraries: str) -> set[str]:
    found = {file for file in MODULES for name in imported(file) if name.split(".")[0] in libraries}
    return {str(file.relative_to(ROOT)) for file in found}


def calls_print(file: Path) -> bool:
    text = file.read_text("utf-8")
    if "print(" not in text:  # parsing takes a hundred times as long
        return False
    calls = (node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Name) and called.id == "print" for called in calls)


def test_only_the_command_line_writes_to_the_terminal():
    assert {wing(name.replace("/", ".")) for name in importing("click", "rich")} == {"ingest.cli"}
    printing = {str(file.relative_to(ROOT)) for file in MODULES if calls_print(file)}
    tools = {"warehouse/base/sql_files.py"}  # run by python -m
    assert printing <= tools


def test_the_project_logs_with_structlog_and_does_not_use_logging():
    silenced = "ingest/readers/pdf/read.py"  # it silences pdfminer's warnings, about which users can do nothing
    assert importing("logging") == {"warehouse/base/logs.py", silenced}
    told = {wing(name.replace("/", ".")) for name in importing("structlog")}
    assert told <= {"warehouse.base", "warehouse.publish", "ingest.nightly", "ingest.pages"}
    in_pages = {name for name in importing("structlog") if name.startswith("ingest/pages/")}
    assert all(name.startswith("ingest/pages/web/") for name in in_pages)  # a page of a command says it to the command


def test_an_event_is_one_line_on_standard_error_and_so_is_a_librarys_warning():
    program = (
        "import logging, structlog; from warehouse.base import logs; logs.to_standard_error();"
        "structlog.get_logger().warning('refresh.refused', parse_id=3, reason='two\\nlines');"
        "logging.getLogger('procrastinate').warning('late'); logging.getLogger('procrastinate').info('no')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    event, warning = done.stderr.splitlines()
    said = r"timestamp='[\dT:.\-]+Z' level='warning' event='refresh\.refused' parse_id=3 reason='two\\nlines'"
    assert done.stdout == "" and re.fullmatch(said, event)
    assert warning.endswith("level=WARNING procrastinate: late")
