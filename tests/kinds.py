"""The kinds of document that tests are about."""

from warehouse.kinds.kind import FINAL_ACCOUNTS, load_kind

ACCOUNTS = load_kind(FINAL_ACCOUNTS)
