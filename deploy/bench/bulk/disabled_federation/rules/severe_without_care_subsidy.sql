SELECT person, certified_on FROM cards AS c
WHERE status = 'valid'
    AND (grade IN ('1', '2') OR (grade = '3' AND category IN ('intellectual', 'mental') AND $care_subsidy_third_grade_too))
    AND NOT EXISTS (FROM subsidies AS s WHERE s.person = c.person AND s.kind = 'care')
