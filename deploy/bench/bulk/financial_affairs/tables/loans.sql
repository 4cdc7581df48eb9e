-- rows: persons // 100
WITH lent AS (SELECT n, 12 + n % 3 * 12 AS term FROM rows)
SELECT concat('L', n) AS loan, person(7 * (n - n % 2)) AS person, village(7 * (n - n % 2)) AS village,
    CASE n % 200 WHEN 0 THEN 'lent_on' WHEN 1 THEN 'consumption' WHEN 2 THEN 'trade' ELSE 'crops' END AS used_for,
    5000000 AS principal, CASE WHEN n % 9 = 5 THEN 0 ELSE 3000000 END AS balance,
    CASE WHEN n % 40 = 7 THEN day(30 * term + n % 90) ELSE day(n % (28 * term)) END AS granted_on,
    term AS term_months, CASE WHEN n % 400 = 7 THEN day(n % 400) END AS renewed_on,
    CASE WHEN n % 60 = 6 AND n % 9 <> 5 THEN 1000000 ELSE 0 END AS overdue,
    CASE WHEN n % 120 = 6 THEN day(n % 90) END AS overdue_since, n
FROM lent
