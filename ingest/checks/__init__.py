"""Accounting identities as declarations, and what they say of a document's cells."""
