-- rows: persons * 3 // 100
SELECT person(30 * n + 1) AS person,
    ['monitored', 'ex_poor', 'minimum_living', 'destitute', 'disabled', 'orphan', 'unattended', 'other'][1 + n % 8]
        AS aided_as,
    day(n % 400) AS listed_on, n
FROM rows
