-- rows: persons // 125
-- To nine of ten of those hit.
WITH given AS (SELECT n, n // 9 * 10 + n % 9 + 1 AS hit FROM rows)
SELECT concat('E', hit % 2 + hit // 2 % 5 * 2) AS event, person(4 * (hit // 2)) AS person,
    ['emergency', 'transition', 'drought'][1 + n % 3] AS kind, 30000 AS amount, day(5) AS paid_on, n
FROM given
