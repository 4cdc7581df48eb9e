SELECT person, sum(balance) AS balance,
    CASE max(used_for) WHEN 'lent_on' THEN '户贷企用' ELSE '非生产性支出' END AS used_for
FROM loans WHERE used_for IN ('lent_on', 'consumption') AND balance > 0 GROUP BY person
