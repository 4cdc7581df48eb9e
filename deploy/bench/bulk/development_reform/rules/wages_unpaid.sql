SELECT person, sum(due) - sum(paid) AS owed, min(pay_due_on) AS since FROM work_relief_wages
WHERE pay_due_on < $on::DATE - $wage_grace_days::INTEGER AND paid < due GROUP BY person
