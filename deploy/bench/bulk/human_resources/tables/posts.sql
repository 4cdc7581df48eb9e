-- rows: persons // 100
SELECT concat('G', n) AS post, person(12 * n + n % 4) AS person, village(12 * n) AS village,
    ['cleaner', 'forest', 'road'][1 + n % 3] AS kind, true AS by_need, day(n % 800) AS hired_on,
    12 + n % 2 * 24 AS term_months, CASE WHEN n % 9 = 0 THEN day(n % 100 - 50) END AS left_on, n
FROM rows
