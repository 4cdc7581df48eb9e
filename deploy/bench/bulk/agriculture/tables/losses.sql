-- rows: persons // 50
SELECT person(4 * (n // 2)) AS person, village(4 * (n // 2)) AS village, ['水稻', '油茶'][1 + n % 2] AS product,
    day(n % 997) AS happened_on, 30000 + n % 97 * 5000 AS loss, n
FROM rows
