"""应急管理局 (emergency management bureau): a department plugin."""
