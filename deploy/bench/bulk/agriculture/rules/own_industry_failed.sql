SELECT person, count(*) AS products FROM production WHERE state IN ('failed', 'stopped') GROUP BY person
