SELECT person, sum(loss) AS loss, min(happened_on) AS since FROM losses AS l
WHERE happened_on >= $on::DATE - $uninsured_loss_days::INTEGER AND happened_on < $on::DATE - $payout_days::INTEGER
    AND EXISTS (FROM insurance AS i
        WHERE i.person = l.person AND i.product = l.product AND i.year = year(l.happened_on) AND paid_out = 0)
GROUP BY person
