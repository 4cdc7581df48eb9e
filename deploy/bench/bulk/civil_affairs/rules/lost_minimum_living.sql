SELECT person, stopped_on, CASE stopped_for WHEN 'income' THEN '收入超标' WHEN 'property' THEN '财产超标'
    WHEN 'own_wish' THEN '自愿退出' WHEN 'other' THEN '其他' ELSE '未登记' END AS reason
FROM minimum_living AS m
WHERE status = 'stopped' AND stopped_on > $on::DATE - $lost_minimum_living_days::INTEGER
    AND (stopped_for IS NULL OR stopped_for NOT IN ('death', 'moved'))
    AND NOT EXISTS (FROM destitute AS d WHERE d.person = m.person)
