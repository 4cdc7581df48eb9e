SELECT person, sum(loss) AS loss FROM losses AS l
WHERE happened_on >= $on::DATE - $uninsured_loss_days::INTEGER
    AND NOT EXISTS (FROM insurance AS i
        WHERE i.person = l.person AND i.product = l.product AND i.year = year(l.happened_on))
GROUP BY person HAVING sum(loss) > $uninsured_loss_line
