WITH helped AS (SELECT house, max(helped_on) AS helped_on FROM helped_houses GROUP BY house)
SELECT person, max(happened_on) AS happened_on, max(helped_on) AS helped_on,
    CASE min(damage) WHEN 'collapsed' THEN '倒塌' ELSE '严重损坏' END AS damage
FROM damaged_houses JOIN helped USING (house)
WHERE damage IN ('collapsed', 'severe') AND happened_on >= $on::DATE - $damage_warning_days::INTEGER
    AND happened_on >= helped_on
GROUP BY person
