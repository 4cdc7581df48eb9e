-- rows: persons * 12 // 100
SELECT person(8 * (n // 2)) AS person, village(8 * (n // 2)) AS village,
    ['hypertension', 'diabetes', 'tuberculosis', 'mental'][1 + n % 4] AS illness, day(n % 120) AS last_visit, n
FROM rows
