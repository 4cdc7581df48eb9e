-- rows: persons // 100
SELECT concat('E', n % 2 + n // 2 % 5 * 2) AS event, person(4 * (n // 2)) AS person,
    village(4 * (n // 2)) AS village, ['flood', 'geological', 'drought', 'weather', 'fire'][1 + n % 5] AS kind,
    day(n % 907) AS happened_on, 50000 + n % 83 * 10000 AS loss, n % 6 AS persons, n
FROM rows
