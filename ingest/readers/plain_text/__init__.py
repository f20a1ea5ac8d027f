"""Text converted from a disclosure → Document."""
