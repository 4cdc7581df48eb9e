"""发展和改革局 (development and reform bureau): a department plugin."""
