"""Upgrades the database: tables by revisions, views from sql/, declarations; and writes the data dictionary."""
