"""what projects leave behind, the contracts on it, and where its income goes."""
