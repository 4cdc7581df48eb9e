WITH died AS (
    SELECT person, happened_on, date_part('year', age(happened_on, born_on)) AS age FROM register_changes_within
    WHERE kind = 'death' AND happened_on > $on::DATE - $death_warning_days::INTEGER
)
SELECT * FROM died WHERE age >= $working_age_least AND age < $working_age_below
