"""The modules of docs/bi, which are scripts and no package of the project."""

import sys
from importlib import import_module
from pathlib import Path

BI = Path(__file__).parents[2] / "docs" / "bi"
sys.path += [str(BI), str(BI / "superset"), str(BI / "metabase")]
declared, assets, joined, payloads = map(import_module, ("declared", "assets", "joined", "payloads"))
DECLARED, MART = declared.DECLARED, declared.MART
