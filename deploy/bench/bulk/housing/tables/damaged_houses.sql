-- rows: persons // 400
SELECT concat('H', 72 * (n - n % 2)) AS house, person(288 * (n - n % 2)) AS person,
    village(288 * (n - n % 2)) AS village, day(n % 601) AS happened_on,
    ['collapsed', 'severe', 'slight', 'slight'][1 + n % 4] AS damage, n
FROM rows
