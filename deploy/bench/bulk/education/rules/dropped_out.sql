SELECT person, since, helpers, visits,
    CASE kind WHEN 'never_enrolled' THEN '未入学' WHEN 'dropped_out' THEN '辍学' WHEN 'on_leave' THEN '休学'
        ELSE '延缓入学' END AS kind,
    CASE reason WHEN 'health' THEN '身体原因（无佐证材料）' WHEN 'unwilling' THEN '厌学' WHEN 'work' THEN '外出务工'
        WHEN 'poverty' THEN '家庭困难' WHEN 'marriage' THEN '早婚早育' WHEN 'other' THEN '其他' ELSE '未登记' END
        AS reason
FROM dropouts WHERE returned_on IS NULL AND NOT (reason = 'health' AND coalesce(health_record, false))
