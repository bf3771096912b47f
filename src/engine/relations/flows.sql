-- One row: a record with status OK, and what every question needs of it.
-- src and dst are the real end points: the packet's own addresses where the log has them. Who is the client is a guess of
-- the record alone, by the first of these that speaks (C = confidence): SYN without ACK, or SYN-ACK (0.95); a known service
-- port on one side only (0.8); a port below the ephemeral range on one side only (0.7); a lone RST, which answers (0.6);
-- REJECT, which nothing answers (0.6); the lower port (0.4); our side asks (0.2); else the smaller address (0.1). Where there
-- are no ports it is the sender (0.1). opens: the client's first packet is in this record, or may be where flags are lacking.
-- counted: of the records that several ENIs wrote of the same packets, the one at the sender's ENI, else at the receiver's.
WITH placed AS (
  SELECT
    r.*,
    coalesce(r.pkt_srcaddr, r.srcaddr) AS src,
    coalesce(r.pkt_dstaddr, r.dstaddr) AS dst,
    coalesce(i.network, r.vpc_id, r.account_id || '/' || r.region, r.account_id, '') AS network,
    coalesce(
      r.flow_direction,
      CASE WHEN contains(i.addresses, r.srcaddr) THEN 'egress' WHEN contains(i.addresses, r.dstaddr) THEN 'ingress' END
    ) AS direction,
    coalesce(i.translates, FALSE) AS at_translation
  FROM records r
  LEFT JOIN interfaces i ON i.interface_id = r.interface_id
  WHERE r.log_status = 'OK' OR r.log_status IS NULL
),
known AS (
  SELECT
    p.*,
    s.address_key AS src_key,
    d.address_key AS dst_key,
    s.scope AS src_scope,
    d.scope AS dst_scope,
    coalesce(s.own, FALSE) AS src_own,
    coalesce(d.own, FALSE) AS dst_own,
    CASE
      WHEN p.direction IS NULL THEN TRUE
      WHEN s.logged THEN p.direction = 'egress' AND p.src = p.srcaddr AND NOT p.at_translation
      WHEN d.logged THEN p.direction = 'ingress' AND p.dst = p.dstaddr AND NOT p.at_translation
      ELSE TRUE
    END AS counted,
    CASE
      WHEN p.protocol = 6 AND bitwise_and(p.tcp_flags, 18) = 18 THEN -0.95E0
      WHEN p.protocol = 6 AND bitwise_and(p.tcp_flags, 2) = 2 THEN 0.95E0
      WHEN coalesce(p.srcport, 0) = 0 AND coalesce(p.dstport, 0) = 0 THEN 0.1E0
      WHEN sd.port IS NOT NULL AND ss.port IS NULL THEN 0.8E0
      WHEN ss.port IS NOT NULL AND sd.port IS NULL THEN -0.8E0
      WHEN p.protocol = 6 AND p.tcp_flags = 4 THEN -0.6E0
      WHEN p.dstport < 32768 AND p.srcport >= 32768 THEN 0.7E0
      WHEN p.srcport < 32768 AND p.dstport >= 32768 THEN -0.7E0
      WHEN p.action = 'REJECT' THEN 0.6E0
      WHEN p.dstport < p.srcport THEN 0.4E0
      WHEN p.srcport < p.dstport THEN -0.4E0
      WHEN s.own AND NOT d.own THEN 0.2E0
      WHEN d.own AND NOT s.own THEN -0.2E0
      WHEN s.address_key <= d.address_key THEN 0.1E0
      ELSE -0.1E0
    END AS client_guess
  FROM placed p
  LEFT JOIN addresses s ON s.address = p.src
  LEFT JOIN addresses d ON d.address = p.dst
  LEFT JOIN services ss ON ss.port = p.srcport
  LEFT JOIN services sd ON sd.port = p.dstport
)
SELECT
  k.*,
  CASE WHEN k.client_guess > 0 THEN k.src ELSE k.dst END AS client,
  CASE WHEN k.client_guess > 0 THEN k.dst ELSE k.src END AS server,
  CASE WHEN k.client_guess > 0 THEN k.srcport ELSE k.dstport END AS client_port,
  CASE WHEN k.client_guess > 0 THEN k.dstport ELSE k.srcport END AS server_port,
  CASE WHEN k.client_guess > 0 THEN k.src_own ELSE k.dst_own END AS client_own,
  CASE WHEN k.client_guess > 0 THEN k.dst_own ELSE k.src_own END AS server_own,
  CASE WHEN k.client_guess > 0 THEN k.src_scope ELSE k.dst_scope END AS client_scope,
  CASE WHEN k.client_guess > 0 THEN k.dst_scope ELSE k.src_scope END AS server_scope,
  CASE WHEN CASE WHEN k.client_guess > 0 THEN k.src_scope ELSE k.dst_scope END = 'public' THEN '' ELSE k.network END AS client_network,
  CASE WHEN CASE WHEN k.client_guess > 0 THEN k.dst_scope ELSE k.src_scope END = 'public' THEN '' ELSE k.network END AS server_network,
  k.client_guess > 0 AS to_server,
  abs(k.client_guess) AS client_confidence,
  k.client_guess > 0 AND (k.protocol <> 6 OR k.tcp_flags IS NULL OR bitwise_and(k.tcp_flags, 2) = 2) AS opens,
  CAST(k.bytes AS double) / CASE WHEN k."end" > k."start" THEN k."end" - k."start" ELSE 1 END AS bytes_per_second,
  CAST(k.packets AS double) / CASE WHEN k."end" > k."start" THEN k."end" - k."start" ELSE 1 END AS packets_per_second
FROM known k
