SELECT person, CASE status WHEN 'expired' THEN '过期' ELSE '冻结' END AS status FROM cards
WHERE grade IN ('1', '2') AND status IN ('expired', 'frozen')
