-- One row: an address that all records of an ENI share, and whether it is its own for that alone.
-- Its own address stands on its side of the records: the source of egress, the destination of ingress. Where the log does
-- not say the direction, it is the one address that all records of the ENI share; where two do, the one that is not public.
-- A source that alone tries many targets through one ENI is shared as well. So what is shared must also be seen on both sides,
-- a public address with other public ones (else it is the outside's), or be private with public ones.
WITH own_side AS (
  SELECT
    interface_id,
    CASE WHEN flow_direction = 'egress' THEN srcaddr ELSE dstaddr END AS address
  FROM paths
  WHERE interface_id IS NOT NULL AND flow_direction IS NOT NULL
  GROUP BY interface_id, CASE WHEN flow_direction = 'egress' THEN srcaddr ELSE dstaddr END
),
sides AS (
  SELECT interface_id, srcaddr AS address, TRUE AS sends, sum(records) AS records
  FROM paths
  WHERE interface_id IS NOT NULL AND flow_direction IS NULL
  GROUP BY interface_id, srcaddr
  UNION ALL
  SELECT interface_id, dstaddr, FALSE, sum(records)
  FROM paths
  WHERE interface_id IS NOT NULL AND flow_direction IS NULL
  GROUP BY interface_id, dstaddr
),
seen AS (
  SELECT
    s.interface_id,
    s.address,
    strpos(s.address, ':') > 0 AS v6,
    a.scope <> 'public' AS local,
    count(*) = 2 AS both_ways,
    sum(s.records) AS records
  FROM sides s
  JOIN address_scopes a ON a.address = s.address
  GROUP BY s.interface_id, s.address, a.scope
),
compared AS (
  SELECT
    interface_id,
    address,
    v6,
    local,
    both_ways,
    records,
    sum(records) OVER (PARTITION BY interface_id, v6) AS both_sides,
    count(*) OVER (PARTITION BY interface_id, v6) AS addresses,
    sum(CASE WHEN local THEN 1 ELSE 0 END) OVER (PARTITION BY interface_id, v6) AS local_addresses
  FROM seen
),
shared AS (
  SELECT
    interface_id,
    address,
    local,
    CASE WHEN local THEN both_ways OR local_addresses < addresses ELSE both_ways AND local_addresses < addresses - 1 END AS shown,
    count(*) OVER (PARTITION BY interface_id, v6) AS rivals,
    sum(CASE WHEN local THEN 1 ELSE 0 END) OVER (PARTITION BY interface_id, v6) AS local_rivals
  FROM compared
  WHERE 2 * records = both_sides
)
SELECT interface_id, address, bool_or(likely) AS likely
FROM (
  SELECT interface_id, address, TRUE AS likely
  FROM own_side
  UNION ALL
  SELECT interface_id, address, shown AND (rivals = 1 OR (local AND local_rivals = 1))
  FROM shared
) AS ends
GROUP BY interface_id, address
