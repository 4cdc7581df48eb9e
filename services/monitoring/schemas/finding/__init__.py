"""Finding risk: what its calls take and return."""
