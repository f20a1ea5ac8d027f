"""Tests of the recipes of CONTRIBUTING.md: their examples are applied to a copy of the project."""
