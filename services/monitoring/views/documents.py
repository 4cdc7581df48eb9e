"""The forms and ledgers as documents. What callers see."""
