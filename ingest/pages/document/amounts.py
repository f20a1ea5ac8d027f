"""How an amount is shown on the page of a document."""

from decimal import Decimal

from warehouse.records.reading import Amount, Presence, Status

WAN = Decimal(10_000)


def in_wan(amount: Amount | None) -> str:
    """万元, a count with its unit; nothing for a blank, —— for a dash, 存疑 for a doubt without a value."""
    if amount is None:
        return ""
    if amount.value is None:
        return "——" if amount.presence == Presence.DASH else "存疑" if amount.status is Status.DOUBTFUL else ""
    return f"{amount.value / WAN:,.2f}" if amount.value_unit == "元" else f"{amount.value:f}{amount.value_unit}"


def number(value: Decimal | None) -> str | None:
    """Without zeros at the end."""
    if value is None:
        return None
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
