"""One synthetic department in some two hundred dresses, PDF and text, each held against its own figures."""
