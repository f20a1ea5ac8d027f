"""What every part of the warehouse stands on: configuration, connections, errors, roles."""
