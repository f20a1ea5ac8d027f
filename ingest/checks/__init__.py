"""Accounting identities as declarations, and what they say of a document's cells."""

from ingest.checks.run import run_checks

__all__ = ["run_checks"]
