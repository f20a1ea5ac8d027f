"""Name, kind, department and unit of a form."""
