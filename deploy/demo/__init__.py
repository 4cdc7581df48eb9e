"""The demo: one town lives a year, through the public calls only."""
