-- rows: persons // 200
SELECT concat('D', n) AS registration, person(21 * (n // 3 * 3)) AS person, village(21 * (n // 3 * 3)) AS village,
    day(n % 397) AS diagnosed_on, ['untreated', 'in_treatment', 'treated', 'treated'][1 + n % 4] AS treatment, n
FROM rows
