"""The generated county: the same every time, nobody real in it, and the truth beside it true."""
