"""the project library, from a village's proposal to acceptance."""
