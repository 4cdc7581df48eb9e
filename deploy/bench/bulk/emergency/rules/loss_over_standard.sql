SELECT person, sum(loss) AS loss, max(happened_on) AS happened_on,
    CASE arg_max(kind, happened_on::VARCHAR || kind) WHEN 'flood' THEN '洪涝灾害' WHEN 'geological' THEN '地质灾害'
        WHEN 'drought' THEN '旱灾' WHEN 'biological' THEN '生物灾害' WHEN 'weather' THEN '气象灾害'
        WHEN 'earthquake' THEN '地震灾害' WHEN 'fire' THEN '火灾' ELSE '其他' END AS kind
FROM victims WHERE happened_on >= $on::DATE - $disaster_warning_days::INTEGER
GROUP BY person HAVING sum(loss) > $disaster_loss_line
