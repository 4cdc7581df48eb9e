"""Pure rules of assets."""
