"""Pure rules of projects."""
