-- rows: persons // 200
SELECT person(13 * n + 5) AS person, village(13 * n + 5) AS village,
    ['monitored', 'ex_poor', 'ordinary', 'ordinary'][1 + n % 4] AS standing, 2000000 + n % 30 * 100000 AS wanted,
    day(n % 120) AS asked_on, [true, false, NULL][1 + n % 3] AS prospect,
    [true, false, NULL][1 + n // 3 % 3] AS able_to_repay, n
FROM rows
