"""Pure rules of monitoring: no bus, no store, no clock, no I/O."""
