SELECT person, wanted, asked_on,
    CASE WHEN prospect IS NULL OR able_to_repay IS NULL THEN '未评估' ELSE '有前景、有还款能力' END AS assessed
FROM loan_needs
WHERE standing IN ('monitored', 'ex_poor') AND asked_on <= $on::DATE - $need_days::INTEGER
    AND coalesce(prospect, true) AND coalesce(able_to_repay, true)
    AND person NOT IN (SELECT person FROM loans WHERE balance > 0)
