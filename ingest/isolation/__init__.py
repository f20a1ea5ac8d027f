"""Reading each document in a process of its own, which it may spoil without harm to anything else."""

from ingest.isolation.limits import Limits
from ingest.isolation.parent import extract_isolated, start_reading, stop_reading

__all__ = ["Limits", "extract_isolated", "start_reading", "stop_reading"]
