-- One row: an address within a range that AWS publishes, with service and region of the narrowest. Where services share it, AMAZON and
-- EC2 say least, for AWS lists ranges of other services under them as well.
WITH lengths AS (
  SELECT DISTINCT prefix_length
  FROM aws_ranges
),
ranked AS (
  SELECT
    a.address,
    r.service,
    r.region,
    row_number() OVER (
      PARTITION BY a.address
      ORDER BY r.prefix_length DESC, CASE r.service WHEN 'AMAZON' THEN 2 WHEN 'EC2' THEN 1 ELSE 0 END, r.service, r.region
    ) AS place
  FROM address_scopes a
  CROSS JOIN lengths l
  JOIN aws_ranges r ON r.prefix_length = l.prefix_length AND r.first_key = address_prefix(a.address_key, l.prefix_length)
  WHERE a.scope = 'public'
)
SELECT address, service, region
FROM ranked
WHERE place = 1
