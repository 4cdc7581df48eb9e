SELECT person, count(*) AS projects FROM linked_households
WHERE way IN ('order', 'custody', 'cooperation', 'protective_price', 'work')
    AND project IN (SELECT project FROM projects WHERE state IN ('failed', 'stopped'))
GROUP BY person
