-- rows: persons // 20
SELECT person(4 * (n // 2)) AS person, village(4 * (n // 2)) AS village,
    concat('P', (n // 2 + n % 2 * 7) % greatest(200, persons() // 1000)) AS project,
    ['order', 'custody', 'cooperation', 'protective_price', 'work', 'dividend'][1 + n % 6] AS way, n
FROM rows
