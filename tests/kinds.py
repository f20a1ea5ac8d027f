"""The declared kinds of document, for tests."""

from warehouse.kinds.kind import load_kind, load_kinds
from warehouse.kinds.names import FINAL_ACCOUNTS

ACCOUNTS = load_kind(FINAL_ACCOUNTS)
BUDGET = load_kind("budget")
KINDS = load_kinds()
