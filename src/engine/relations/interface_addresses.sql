-- One row: an address that is an ENI's own: what all of its records share, where that alone tells.
-- Where several IPv6 addresses are shared, it is the one in a subnet (a /64, which is one VPC's alone) that another ENI's own address lies in,
-- unless it is that other one.
WITH shared AS (
  SELECT
    s.interface_id,
    s.address,
    a.scope,
    s.likely,
    a.scope = 'public' AND strpos(s.address, ':') > 0
      AND max(CASE WHEN s.likely THEN 1 ELSE 0 END) OVER (PARTITION BY address_prefix(a.address_key, 64)) = 1
      AND max(CASE WHEN s.likely THEN 1 ELSE 0 END) OVER (PARTITION BY s.address) = 0 AS neighbour
  FROM shared_addresses s
  JOIN address_scopes a ON a.address = s.address
),
judged AS (
  SELECT s.*, sum(CASE WHEN neighbour THEN 1 ELSE 0 END) OVER (PARTITION BY interface_id) AS neighbours
  FROM shared s
)
SELECT interface_id, address
FROM judged
WHERE likely AND scope NOT IN ('multicast', 'broadcast', 'unspecified', 'reserved') OR neighbour AND neighbours = 1
