-- rows: persons // 300
-- Recorded up to ten days after the month; who died had a birthday the day before, that day or the day after.
WITH recorded AS (SELECT n, day(n // 6 % 40) AS happened_on, 1 + n // 6 * 23 % 79 AS years FROM rows)
SELECT person(12 * n + back()) AS person, village(12 * n + back()) AS village,
    ['birth', 'death', 'move_in', 'move_out', 'cancelled', 'restored'][1 + n % 6] AS kind, happened_on,
    CASE n % 6 WHEN 0 THEN happened_on ELSE (happened_on - to_years(years))::DATE + (n // 18 % 3 - 1)::INTEGER END
        AS born_on, n
FROM recorded
