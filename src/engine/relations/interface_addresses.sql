-- One row: an address that is an ENI's own: what all of its records share, where that alone tells.
-- Where several IPv6 addresses are shared, it is the one in a subnet (a /64, which is one VPC's alone) that another ENI's own address lies in,
-- unless it is that other one.
WITH own AS (
  SELECT s.interface_id, s.address, a.address_key, a.scope
  FROM shared_addresses s
  JOIN address_scopes a ON a.address = s.address
  WHERE s.likely
),
subnets AS ( -- one row: an IPv6 subnet of ours
  SELECT DISTINCT address_prefix(address_key, 64) AS first_key
  FROM own
  WHERE scope = 'public' AND strpos(address, ':') > 0
),
neighbours AS (
  SELECT s.interface_id, min(s.address) AS address
  FROM shared_addresses s
  JOIN address_scopes a ON a.address = s.address
  JOIN subnets n ON n.first_key = address_prefix(a.address_key, 64)
  LEFT JOIN own o ON o.address = s.address
  WHERE a.scope = 'public' AND strpos(s.address, ':') > 0 AND o.address IS NULL
  GROUP BY s.interface_id
  HAVING count(*) = 1
)
SELECT interface_id, address
FROM own
WHERE scope NOT IN ('multicast', 'broadcast', 'unspecified', 'reserved')
UNION
SELECT interface_id, address
FROM neighbours
