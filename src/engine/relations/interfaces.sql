-- One row: an ENI (network interface), the network it stands in and the addresses that are its own. Where its records have no VPC,
-- the inventory's settles the network.
-- Its own address stands on its side of the records: the source of egress, the destination of ingress. Where the log does
-- not say the direction, it is the one address that all records of the ENI share; where two do, the one that is not public.
-- A source that alone tries many targets through one ENI is shared as well. So what is shared must also be seen on both sides,
-- a public address with other public ones (else it is the outside's), or be private with public ones.
-- Where several IPv6 addresses are shared, it is the one in a subnet (a /64, which is one VPC's alone) that another ENI's own address lies in,
-- unless it is that other one.
-- translates: it passes on what others sent under its own address (a NAT gateway). The log says so where it has the packets' own addresses. Else it
-- is an ENI to which hosts of ours send although none of their own ENIs writes so, and which sends outside where they send.
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
),
likely AS (
  SELECT interface_id, address
  FROM own_side
  UNION
  SELECT interface_id, address
  FROM shared
  WHERE shown AND (rivals = 1 OR (local AND local_rivals = 1))
),
subnets AS ( -- one row: an IPv6 subnet of ours
  SELECT DISTINCT address_prefix(a.address_key, 64) AS first_key
  FROM likely l
  JOIN address_scopes a ON a.address = l.address
  WHERE a.scope = 'public' AND strpos(l.address, ':') > 0
),
neighbours AS (
  SELECT s.interface_id, min(s.address) AS address
  FROM shared s
  JOIN address_scopes a ON a.address = s.address
  JOIN subnets n ON n.first_key = address_prefix(a.address_key, 64)
  LEFT JOIN likely o ON o.address = s.address
  WHERE a.scope = 'public' AND strpos(s.address, ':') > 0 AND o.address IS NULL
  GROUP BY s.interface_id
  HAVING count(*) = 1
),
settled AS (
  SELECT interface_id, address
  FROM likely
  UNION
  SELECT interface_id, address
  FROM neighbours
),
own AS (
  SELECT l.interface_id, array_agg(l.address) AS addresses
  FROM settled l
  JOIN address_scopes a ON a.address = l.address
  WHERE a.scope NOT IN ('multicast', 'broadcast', 'unspecified', 'reserved')
  GROUP BY l.interface_id
),
sent AS ( -- one row: an own address of an ENI, and whom it writes that it sends to; only where the log has no packets' addresses
  SELECT DISTINCT p.interface_id, p.srcaddr AS address, p.dstaddr AS peer
  FROM paths p
  JOIN settled s ON s.interface_id = p.interface_id AND s.address = p.srcaddr
  WHERE p.pkt_dstaddr IS NULL
),
homes AS ( -- one row: an address that one ENI alone has
  SELECT address, min(interface_id) AS interface_id
  FROM settled
  GROUP BY address
  HAVING count(*) = 1
),
guests AS ( -- one row: a host that sends to an ENI, as this one writes; home: the ENI that is its own, and whether that writes so as well
  SELECT DISTINCT
    p.interface_id,
    p.srcaddr AS address,
    h.interface_id AS home,
    w.address IS NOT NULL AS written
  FROM paths p
  JOIN settled s ON s.interface_id = p.interface_id AND s.address = p.dstaddr
  JOIN address_scopes a ON a.address = p.srcaddr
  LEFT JOIN homes h ON h.address = p.srcaddr
  LEFT JOIN sent w ON w.interface_id = h.interface_id AND w.address = p.srcaddr AND w.peer = p.dstaddr
  WHERE p.pkt_dstaddr IS NULL AND a.scope <> 'public'
),
hosting AS (
  SELECT interface_id
  FROM guests
  GROUP BY interface_id
  HAVING count(home) = count(*) AND sum(CASE WHEN written THEN 0 ELSE 1 END) >= 0.9E0 * count(*)
),
wanted AS ( -- one row: an address to which a guest of such an ENI sends
  SELECT DISTINCT g.interface_id, w.peer
  FROM guests g
  JOIN hosting h ON h.interface_id = g.interface_id
  JOIN sent w ON w.interface_id = g.home AND w.address = g.address
  WHERE NOT g.written
),
passing AS (
  SELECT s.interface_id
  FROM sent s
  JOIN hosting h ON h.interface_id = s.interface_id
  JOIN address_scopes a ON a.address = s.peer
  LEFT JOIN wanted w ON w.interface_id = s.interface_id AND w.peer = s.peer
  WHERE a.scope = 'public'
  GROUP BY s.interface_id
  HAVING count(w.peer) >= 0.9E0 * count(*)
),
translating AS (
  SELECT DISTINCT p.interface_id
  FROM paths p
  JOIN address_scopes a ON a.address = p.pkt_dstaddr
  WHERE p.flow_direction = 'ingress' AND p.pkt_dstaddr <> p.dstaddr AND a.scope = 'public'
  UNION
  SELECT interface_id
  FROM passing
),
known AS (
  SELECT
    interface_id,
    max(account_id) AS account_id,
    max(region) AS region,
    max(vpc_id) AS vpc_id,
    max(subnet_id) AS subnet_id,
    max(instance_id) AS instance_id,
    min(first_seen) AS first_seen,
    max(last_seen) AS last_seen,
    sum(records) AS records
  FROM paths
  WHERE interface_id IS NOT NULL
  GROUP BY interface_id
)
SELECT
  k.interface_id,
  k.account_id,
  coalesce(k.region, e.region) AS region,
  coalesce(k.vpc_id, e.vpc_id) AS vpc_id,
  coalesce(k.subnet_id, e.subnet_id) AS subnet_id,
  coalesce(k.instance_id, e.instance_id) AS instance_id,
  coalesce(k.vpc_id, e.vpc_id, k.account_id || '/' || k.region, k.account_id, '') AS network,
  o.addresses,
  t.interface_id IS NOT NULL AS translates,
  k.first_seen,
  k.last_seen,
  k.records
FROM known k
LEFT JOIN inventory_interfaces e ON e.interface_id = k.interface_id
LEFT JOIN own o ON o.interface_id = k.interface_id
LEFT JOIN translating t ON t.interface_id = k.interface_id
