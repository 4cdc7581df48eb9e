"""Tools for whoever installs the suite."""
