-- rows: persons // 50
SELECT concat('G', n) AS claim, concat('H', 12 * (n - n % 2)) AS house, person(48 * (n - n % 2)) AS person,
    ['rebuilt', 'repaired', 'exchanged'][1 + n % 3] AS way, 1000000 AS subsidy, day(100 + n % 2500) AS helped_on, n
FROM rows
