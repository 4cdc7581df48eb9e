SELECT person, max(closed_on) AS closed_on,
    CASE arg_max(kind, closed_on::VARCHAR || kind) WHEN 'self_employed' THEN '个体工商户' WHEN 'company' THEN '有限责任公司'
        WHEN 'cooperative' THEN '农民专业合作社' WHEN 'sole_owner' THEN '个人独资企业' ELSE '合伙企业' END AS kind
FROM closures
WHERE closed_on > $on::DATE - $closure_warning_days::INTEGER AND coalesce(why, '') <> 'changed'
GROUP BY person
