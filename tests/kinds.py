"""The declared kinds of document, for tests."""

from warehouse.kinds.kind import FINAL_ACCOUNTS, load_kind, load_kinds

ACCOUNTS = load_kind(FINAL_ACCOUNTS)
BUDGET = load_kind("budget")
KINDS = load_kinds()
