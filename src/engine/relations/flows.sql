-- One row: a record with status OK, and what every question needs of it. What its path says of the two ends, it says (placed_records).
-- Who is the client is a guess of the record alone, by the first of these that speaks (C = confidence): SYN without ACK, or SYN-ACK
-- (0.95); a known service port on one side only (0.8); a port below the ephemeral range on one side only (0.7); a lone RST, which
-- answers (0.6); REJECT, which nothing answers (0.6); the lower port (0.4); our side asks (0.2); else the smaller address (0.1). Where
-- there are no ports it is the sender (0.1). pair_id: the same for all flows between two hosts; forward tells their directions apart. opens: the client's first packet is in this record, or may be where flags are lacking.
WITH known AS (
  SELECT
    r.*,
    CASE
      WHEN r.protocol = 6 AND bitwise_and(r.tcp_flags, 18) = 18 THEN -0.95E0
      WHEN r.protocol = 6 AND bitwise_and(r.tcp_flags, 2) = 2 THEN 0.95E0
      WHEN coalesce(r.srcport, 0) = 0 AND coalesce(r.dstport, 0) = 0 THEN 0.1E0
      WHEN sd.port IS NOT NULL AND ss.port IS NULL THEN 0.8E0
      WHEN ss.port IS NOT NULL AND sd.port IS NULL THEN -0.8E0
      WHEN r.protocol = 6 AND r.tcp_flags = 4 THEN -0.6E0
      WHEN r.dstport < 32768 AND r.srcport >= 32768 THEN 0.7E0
      WHEN r.srcport < 32768 AND r.dstport >= 32768 THEN -0.7E0
      WHEN r.action = 'REJECT' THEN 0.6E0
      WHEN r.dstport < r.srcport THEN 0.4E0
      WHEN r.srcport < r.dstport THEN -0.4E0
      WHEN r.src_own AND NOT r.dst_own THEN 0.2E0
      WHEN r.dst_own AND NOT r.src_own THEN -0.2E0
      WHEN r.src_key <= r.dst_key THEN 0.1E0
      ELSE -0.1E0
    END AS client_guess
  FROM placed_records r
  LEFT JOIN services ss ON ss.port = r.srcport
  LEFT JOIN services sd ON sd.port = r.dstport
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
  CASE WHEN k.client_guess > 0 THEN k.src_network ELSE k.dst_network END AS client_network,
  CASE WHEN k.client_guess > 0 THEN k.dst_network ELSE k.src_network END AS server_network,
  k.client_guess > 0 AS to_server,
  abs(k.client_guess) AS client_confidence,
  k.client_guess > 0 AND (k.protocol <> 6 OR k.tcp_flags IS NULL OR bitwise_and(k.tcp_flags, 2) = 2) AS opens,
  CAST(k.bytes AS double) / CASE WHEN k."end" > k."start" THEN k."end" - k."start" ELSE 1 END AS bytes_per_second,
  CAST(k.packets AS double) / CASE WHEN k."end" > k."start" THEN k."end" - k."start" ELSE 1 END AS packets_per_second
FROM known k
