"""残疾人联合会 (disabled persons' federation): a department plugin."""
