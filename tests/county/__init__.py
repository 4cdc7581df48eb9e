"""The county as a whole: what is generated, what is lived, what is counted."""
