-- rows: persons // 10
WITH held AS (SELECT n, n // 10 AS post, n % 10 AS back FROM rows WHERE n // 10 % 50 > 0)
SELECT concat('G', post) AS post, person(12 * post + post % 4) AS person, village(12 * post) AS village,
    strftime(day(30 * back), '%Y-%m') AS month, 80000 AS due,
    CASE n % 701 WHEN 0 THEN 0 WHEN 1 THEN 50000 ELSE 80000 END AS paid, day(10 + 30 * back) AS due_on, n
FROM held
