-- rows: persons * 15 // 100
SELECT person(6 * n + 1) AS person, village(6 * n + 1) AS village, day(1095 + n * 37 % 5200) AS born, n FROM rows
