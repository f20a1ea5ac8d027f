"""What all other packages use: configuration, connections, errors, locks, roles, SQL files."""
