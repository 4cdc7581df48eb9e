SELECT person, sum(amount) AS amount, min(sent_on) AS sent_on FROM subsidy_payments
WHERE state = 'returned' AND sent_on <= $on::DATE - $subsidy_return_days::INTEGER GROUP BY person
