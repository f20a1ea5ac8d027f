"""Tests of ingest/prove/ledger: every printed number has one owner, and a number that is not loaded is reported."""
