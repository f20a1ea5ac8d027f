"""The schema: revisions for tables, views from sql/, the dictionary made of their comments."""
