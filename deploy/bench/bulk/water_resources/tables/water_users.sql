-- rows: persons // 4
SELECT person(4 * n) AS person, village(4 * n) AS village,
    concat('S', n % greatest(200, persons() // 300)) AS point, n
FROM rows
