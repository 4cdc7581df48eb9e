-- rows: persons // 4
SELECT concat('H', n) AS house, person(4 * (n - n % 50)) AS person, village(4 * (n - n % 50)) AS village,
    CASE n % 1001 WHEN 0 THEN 'C' WHEN 1 THEN 'D' WHEN 2 THEN 'A' ELSE 'B' END AS grade,
    day(n % 2000) AS appraised_on, [true, false, NULL][1 + n % 3] AS occupied, n
FROM rows
