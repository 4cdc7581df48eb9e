-- rows: persons // 50
SELECT concat('W', n % 50) AS project, person(9 * (n // 4)) AS person, village(n // 4) AS village,
    n % 31 AS days, 300000 AS due, CASE n % 201 WHEN 0 THEN 0 WHEN 1 THEN 100000 ELSE 300000 END AS paid,
    day(5 + 30 * (n % 4)) AS pay_due_on, n
FROM rows
