"""The largest difference that rounding explains: half a unit of the last printed decimal for each number.

A sum of n printed parts differs from its printed total by no more than n + 1 such halves: 0.005 each at two decimals.
"""

from decimal import Decimal

HALF = Decimal("0.5")  # of the last decimal
OF_A_ROW = Decimal("0.03")  # five parts and their total at two decimals: no form has more in one row
OF_TWO_PARTS = Decimal("0.015")  # two parts and their total at two decimals
