"""The Python interface: what the package `juesuan` holds, which lies here (docs/decisions/interface.md)."""
