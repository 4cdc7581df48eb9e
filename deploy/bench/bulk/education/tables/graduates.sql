-- rows: persons // 200
SELECT person(11 * n + 2) AS person, village(11 * n + 2) AS village, day(n * 37 % 1000) AS graduated_on,
    CASE n % 20 WHEN 0 THEN 'unemployed' WHEN 1 THEN 'unasked' WHEN 2 THEN 'army' ELSE 'employed' END AS outcome, n
FROM rows
