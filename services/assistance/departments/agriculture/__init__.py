"""农业农村局 (agriculture bureau): a department plugin."""
