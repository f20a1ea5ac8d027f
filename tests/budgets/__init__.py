"""Budgets in the layouts of several families of publishers, typeset from made-up figures."""
