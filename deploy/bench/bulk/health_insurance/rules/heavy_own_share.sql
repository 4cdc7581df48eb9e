SELECT person, sum(in_scope) - sum(paid) AS own_share FROM settlements_within GROUP BY person
HAVING sum(in_scope) - sum(paid) > $illness_warning_share * $disposable_income
