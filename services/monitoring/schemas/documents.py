"""The forms and ledgers as documents. Requests and results."""
