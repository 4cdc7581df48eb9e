-- rows: persons * 3 // 100
SELECT person(n) AS person, person(n - n % 4) AS householder, village(n - n % 4) AS village,
    ['site', 'scattered'][1 + n // 4 % 2] AS settled, n % 4 < 2 AS labour,
    [true, true, false, NULL][1 + n // 80 % 4] AS willing,
    CASE WHEN n // 4 % 20 > 0 THEN n % 4 = 0 WHEN n % 4 = 0 THEN false END AS employed, true AS deed, n
FROM rows
