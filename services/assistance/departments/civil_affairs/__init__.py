"""民政局 (civil affairs bureau): a department plugin."""
