-- One row: a path of status OK, and what is true of all of its records.
-- src and dst are the real end points: the packet's own addresses where the log has them. An address lies in the network whose ENI has
-- it: the path's own, or, where none has it there, the only other network whose ENI has it and sees the same two ends (a peering,
-- a transit gateway); '' for a public one.
-- counted: of the records that several ENIs wrote of the same packets, those at the sender's ENI where it writes of these two ends, else those at
-- the receiver's. What an ENI writes that passes traffic on is somebody's traffic once more.
-- hears: the ENI's records show both directions of somebody's traffic, so that silence there means something.
-- Paths of the same two ends have one pair_id; forward tells their directions apart.
WITH named AS (
  SELECT
    p.interface_id,
    p.account_id,
    p.region,
    p.vpc_id,
    p.flow_direction,
    p.srcaddr,
    p.dstaddr,
    p.pkt_srcaddr,
    p.pkt_dstaddr,
    coalesce(p.pkt_srcaddr, p.srcaddr) AS src,
    coalesce(p.pkt_dstaddr, p.dstaddr) AS dst,
    coalesce(i.network, p.vpc_id, p.account_id || '/' || p.region, p.account_id, '') AS network,
    coalesce(
      p.flow_direction,
      CASE WHEN contains(i.addresses, p.srcaddr) THEN 'egress' WHEN contains(i.addresses, p.dstaddr) THEN 'ingress' END
    ) AS direction,
    p.records
  FROM paths p
  LEFT JOIN interfaces i ON i.interface_id = p.interface_id
  WHERE p.log_status = 'OK'
),
own_ends AS ( -- one row: an address that an ENI of a network has
  SELECT DISTINCT t.address, CASE WHEN a.scope = 'public' THEN '' ELSE i.network END AS network
  FROM interfaces i
  CROSS JOIN UNNEST(i.addresses) AS t (address)
  JOIN addresses a ON a.address = t.address
),
senders AS ( -- one row: an address, and to whom it sends as its ENI writes
  SELECT DISTINCT o.address, o.network, n.dst AS peer
  FROM own_ends o
  JOIN named n ON n.src = o.address AND n.src = n.srcaddr AND n.direction = 'egress' AND o.network IN ('', n.network)
),
receivers AS (
  SELECT DISTINCT o.address, o.network, n.src AS peer
  FROM own_ends o
  JOIN named n ON n.dst = o.address AND n.dst = n.dstaddr AND n.direction = 'ingress' AND o.network IN ('', n.network)
),
met AS ( -- one row: an address and whom it meets, as a network sees them
  SELECT network, src AS address, dst AS peer FROM named
  UNION
  SELECT network, dst, src FROM named
),
elsewhere AS (
  SELECT m.network, m.address, m.peer, min(o.network) AS home
  FROM met m
  JOIN own_ends o ON o.address = m.address AND o.network <> '' AND o.network <> m.network
  JOIN met h ON h.network = o.network AND h.address = m.address AND h.peer = m.peer
  LEFT JOIN own_ends i ON i.address = m.address AND i.network = m.network
  WHERE i.address IS NULL
  GROUP BY m.network, m.address, m.peer
  HAVING count(DISTINCT o.network) = 1
),
hearing AS (
  SELECT DISTINCT coalesce(a.interface_id, '') AS interface_id
  FROM named a
  JOIN named b ON coalesce(b.interface_id, '') = coalesce(a.interface_id, '') AND b.src = a.dst AND b.dst = a.src
),
ends AS (
  SELECT
    n.*,
    s.address_key AS src_key,
    d.address_key AS dst_key,
    s.scope AS src_scope,
    d.scope AS dst_scope,
    coalesce(s.own, FALSE) AS src_own,
    coalesce(d.own, FALSE) AS dst_own,
    CASE WHEN s.scope = 'public' THEN '' ELSE coalesce(es.home, n.network) END AS src_network,
    CASE WHEN d.scope = 'public' THEN '' ELSE coalesce(ed.home, n.network) END AS dst_network,
    h.interface_id IS NOT NULL AS hears,
    t.interface_id IS NOT NULL AS at_translation
  FROM named n
  LEFT JOIN addresses s ON s.address = n.src
  LEFT JOIN addresses d ON d.address = n.dst
  LEFT JOIN elsewhere es ON es.network = n.network AND es.address = n.src AND es.peer = n.dst
  LEFT JOIN elsewhere ed ON ed.network = n.network AND ed.address = n.dst AND ed.peer = n.src
  LEFT JOIN translators t ON t.interface_id = n.interface_id
  LEFT JOIN hearing h ON h.interface_id = coalesce(n.interface_id, '')
),
placed AS (
  SELECT
    e.*,
    CASE
      WHEN s.address IS NOT NULL
        THEN coalesce(e.direction = 'egress', FALSE) AND e.src = e.srcaddr AND NOT e.at_translation AND e.src_network IN ('', e.network)
      WHEN d.address IS NOT NULL
        THEN coalesce(e.direction = 'ingress', FALSE) AND e.dst = e.dstaddr AND NOT e.at_translation AND e.dst_network IN ('', e.network)
      ELSE TRUE
    END AS counted,
    coalesce(e.src, '') < coalesce(e.dst, '') OR coalesce(e.src, '') = coalesce(e.dst, '') AND e.src_network <= e.dst_network AS forward
  FROM ends e
  LEFT JOIN senders s ON s.address = e.src AND s.network = e.src_network AND s.peer = e.dst
  LEFT JOIN receivers d ON d.address = e.dst AND d.network = e.dst_network AND d.peer = e.src
),
pairs AS (
  SELECT address_a, network_a, address_b, network_b, row_number() OVER (ORDER BY address_a, network_a, address_b, network_b) AS pair_id
  FROM (
    SELECT DISTINCT
      coalesce(CASE WHEN forward THEN src ELSE dst END, '') AS address_a,
      CASE WHEN forward THEN src_network ELSE dst_network END AS network_a,
      coalesce(CASE WHEN forward THEN dst ELSE src END, '') AS address_b,
      CASE WHEN forward THEN dst_network ELSE src_network END AS network_b
    FROM placed
  ) AS met_pairs
)
SELECT
  p.*,
  q.pair_id
FROM placed p
JOIN pairs q
  ON q.address_a = coalesce(CASE WHEN p.forward THEN p.src ELSE p.dst END, '')
  AND q.network_a = CASE WHEN p.forward THEN p.src_network ELSE p.dst_network END
  AND q.address_b = coalesce(CASE WHEN p.forward THEN p.dst ELSE p.src END, '')
  AND q.network_b = CASE WHEN p.forward THEN p.dst_network ELSE p.src_network END
