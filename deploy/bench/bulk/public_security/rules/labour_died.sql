WITH died AS (
    SELECT person, happened_on, date_part('year', age(happened_on, born_on)) AS age
    FROM register_changes_within AS c
    WHERE kind = 'death' AND happened_on > $on::DATE - $death_warning_days::INTEGER AND NOT EXISTS (
        FROM register_changes_within AS r
        WHERE r.kind = 'restored' AND r.person = c.person AND r.happened_on >= c.happened_on)
)
SELECT * FROM died WHERE age >= $working_age_least AND age < $working_age_below
