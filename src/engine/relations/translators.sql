-- One row: an ENI that passes on what others sent under its own address (a NAT gateway). The log says so where it has the packets' own
-- addresses. Else it is an ENI to which hosts of ours send although none of their own ENIs writes so, and which sends outside where they send.
WITH sent AS ( -- one row: an own address of an ENI, and whom it writes that it sends to; only where the log has no packets' addresses
  SELECT DISTINCT p.interface_id, p.srcaddr AS address, p.dstaddr AS peer
  FROM paths p
  JOIN interface_addresses s ON s.interface_id = p.interface_id AND s.address = p.srcaddr
  WHERE p.pkt_dstaddr IS NULL
),
homes AS ( -- one row: an address that one ENI alone has
  SELECT address, min(interface_id) AS interface_id
  FROM interface_addresses
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
  JOIN interface_addresses s ON s.interface_id = p.interface_id AND s.address = p.dstaddr
  JOIN address_scopes a ON a.address = p.srcaddr
  LEFT JOIN homes h ON h.address = p.srcaddr
  LEFT JOIN sent w ON w.interface_id = h.interface_id AND w.address = p.srcaddr AND w.peer = p.dstaddr
  WHERE p.pkt_dstaddr IS NULL AND a.scope <> 'public'
),
counted AS (
  SELECT
    g.*,
    count(*) OVER (PARTITION BY interface_id) AS known,
    sum(CASE WHEN written THEN 0 ELSE 1 END) OVER (PARTITION BY interface_id) AS unwritten
  FROM guests g
  WHERE home IS NOT NULL
),
wanted AS ( -- one row: an address to which a guest of such an ENI sends
  SELECT DISTINCT c.interface_id, w.peer
  FROM counted c
  JOIN sent w ON w.interface_id = c.home AND w.address = c.address
  WHERE c.unwritten >= 0.9E0 * c.known AND NOT c.written
)
SELECT s.interface_id
FROM sent s
JOIN address_scopes a ON a.address = s.peer
LEFT JOIN wanted w ON w.interface_id = s.interface_id AND w.peer = s.peer
WHERE a.scope = 'public'
GROUP BY s.interface_id
HAVING count(w.peer) >= 0.9E0 * count(*)
UNION
SELECT p.interface_id
FROM paths p
JOIN address_scopes a ON a.address = p.pkt_dstaddr
WHERE p.flow_direction = 'ingress' AND p.pkt_dstaddr <> p.dstaddr AND a.scope = 'public' AND p.interface_id IS NOT NULL
