-- rows: persons // 100
-- Some live under two spots, of which the later listed may be the lesser; moved, not moved, nobody knows.
SELECT concat('D', n) AS spot, person(40 * (n - n % 2)) AS person, village(40 * (n - n % 2)) AS village,
    CASE WHEN n % 30 < 2 THEN 'high' WHEN n % 7 < 4 THEN 'middle' ELSE 'low' END AS level,
    [false, true, NULL][1 + n // 30 % 3] AS moved, day(n % 1501) AS listed_on, n
FROM rows
