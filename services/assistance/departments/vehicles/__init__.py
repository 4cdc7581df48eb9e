"""公安交警 plugin: registered vehicles, and people whom a road accident killed or gravely injured."""
