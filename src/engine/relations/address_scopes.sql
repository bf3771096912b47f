-- One row: a distinct address of the records, with its key and the kind of network it belongs to.
WITH seen AS (
  SELECT srcaddr AS address FROM paths
  UNION
  SELECT dstaddr FROM paths
  UNION
  SELECT pkt_srcaddr FROM paths
  UNION
  SELECT pkt_dstaddr FROM paths
),
keyed AS (
  SELECT address, address_key(address) AS address_key
  FROM seen
  WHERE address IS NOT NULL
)
SELECT
  k.address,
  k.address_key,
  coalesce(s.scope, 'public') AS scope
FROM keyed k
LEFT JOIN scopes s ON k.address_key BETWEEN s.first_key AND s.last_key
