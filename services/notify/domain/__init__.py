"""Pure rules of notices and of what may be published."""
