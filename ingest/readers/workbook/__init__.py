"""Workbooks, .xlsx and .xls, as a spreadsheet program shows them → Document."""
