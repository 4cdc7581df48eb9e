WITH ending AS (
    SELECT *, (coalesce(renewed_on, granted_on) + to_months(term_months))::DATE AS ends FROM loans
)
SELECT person, sum(balance) AS balance, min(ends) AS ends FROM ending
WHERE balance > 0 AND overdue <= 0 AND ends <= $on::DATE - $overdue_days::INTEGER GROUP BY person
