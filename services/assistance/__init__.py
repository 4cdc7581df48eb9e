"""Assistance (帮扶): plans, measures, tasks; and the department plugins that ship with the suite."""
