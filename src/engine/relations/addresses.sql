-- One row: a distinct address of the records, and whether it is ours: because its range is never routed on the Internet,
-- because an ENI of these logs has it, or one in the same IPv6 subnet (a /64, which is one VPC's alone), because the inventory has it, or
-- because the user says so (own_networks).
WITH learnt AS (
  SELECT DISTINCT t.address
  FROM interfaces i
  CROSS JOIN UNNEST(i.addresses) AS t (address)
),
seen AS (
  SELECT
    a.*,
    l.address IS NOT NULL AS logged,
    a.scope = 'public' AND strpos(a.address, ':') > 0
      AND max(CASE WHEN l.address IS NULL THEN 0 ELSE 1 END) OVER (PARTITION BY address_prefix(a.address_key, 64)) = 1 AS neighbour
  FROM address_scopes a
  LEFT JOIN learnt l ON l.address = a.address
),
told AS (
  SELECT DISTINCT a.address
  FROM address_scopes a
  JOIN own_networks n ON a.address_key BETWEEN n.first_key AND n.last_key
),
lengths AS (
  SELECT DISTINCT prefix_length
  FROM inventory_networks
),
inventoried AS (
  SELECT DISTINCT a.address
  FROM address_scopes a
  CROSS JOIN lengths l
  JOIN inventory_networks n ON n.prefix_length = l.prefix_length AND n.first_key = address_prefix(a.address_key, l.prefix_length)
)
SELECT
  a.address,
  a.address_key,
  a.scope,
  a.scope IN ('private', 'shared', 'link-local', 'loopback')
    OR a.logged OR a.neighbour OR t.address IS NOT NULL OR i.address IS NOT NULL AS own,
  a.logged
FROM seen a
LEFT JOIN told t ON t.address = a.address
LEFT JOIN inventoried i ON i.address = a.address
