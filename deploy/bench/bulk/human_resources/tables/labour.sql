-- rows: persons * 6 // 10
SELECT person(n) AS person, person(n - n % 4) AS head, village(n - n % 4) AS village,
    CASE n // 4 % 8 WHEN 0 THEN 'monitored' WHEN 1 THEN 'ex_poor' ELSE 'ordinary_household' END AS standing,
    ['ordinary', 'weak', 'none', 'lost'][1 + n % 4] AS ability,
    [true, true, false, NULL][1 + n // 32 % 4] AS wants_work, n
FROM rows
