"""Nothing is lost in silence: every printed number has one owner, and what is taken away is missed."""
