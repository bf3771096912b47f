-- One row: two hosts that met, one of them as the client. A pair has two such rows: parties_id is 2 * pair_id where the end a of the pair
-- (the source of what goes forward) is the client, and one more where it is the server.
-- network: where a session of theirs is seen. records_from, records_until: since when and until when there are records of it.
WITH pairs AS (
  SELECT
    p.pair_id,
    max(CASE WHEN p.forward THEN p.src ELSE p.dst END) AS address_a,
    max(CASE WHEN p.forward THEN p.dst ELSE p.src END) AS address_b,
    max(CASE WHEN p.forward THEN p.src_network ELSE p.dst_network END) AS network_a,
    max(CASE WHEN p.forward THEN p.dst_network ELSE p.src_network END) AS network_b,
    max(CASE WHEN p.forward THEN p.src_scope ELSE p.dst_scope END) AS scope_a,
    max(CASE WHEN p.forward THEN p.dst_scope ELSE p.src_scope END) AS scope_b,
    bool_or(CASE WHEN p.forward THEN p.src_own ELSE p.dst_own END) AS own_a,
    bool_or(CASE WHEN p.forward THEN p.dst_own ELSE p.src_own END) AS own_b,
    min(p.network) AS seen_in,
    max(n.aggregation_interval) AS aggregation_interval,
    min(n.first_seen) AS records_from,
    max(n.last_seen) AS records_until
  FROM placed_paths p
  JOIN networks n ON n.network = p.network
  GROUP BY p.pair_id
),
sides AS (
  SELECT
    2 * p.pair_id + s.side AS parties_id,
    CASE WHEN s.side = 0 THEN p.address_a ELSE p.address_b END AS client,
    CASE WHEN s.side = 0 THEN p.network_a ELSE p.network_b END AS client_network,
    CASE WHEN s.side = 0 THEN p.scope_a ELSE p.scope_b END AS client_scope,
    CASE WHEN s.side = 0 THEN p.own_a ELSE p.own_b END AS client_own,
    CASE WHEN s.side = 0 THEN p.address_b ELSE p.address_a END AS server,
    CASE WHEN s.side = 0 THEN p.network_b ELSE p.network_a END AS server_network,
    CASE WHEN s.side = 0 THEN p.scope_b ELSE p.scope_a END AS server_scope,
    CASE WHEN s.side = 0 THEN p.own_b ELSE p.own_a END AS server_own,
    coalesce(strpos(p.address_a, ':') > 0, FALSE) AS v6,
    p.seen_in,
    p.aggregation_interval,
    p.records_from,
    p.records_until
  FROM pairs p
  CROSS JOIN (VALUES (0), (1)) AS s (side)
)
SELECT
  parties_id,
  CASE WHEN server_network <> '' THEN server_network WHEN client_network <> '' THEN client_network ELSE seen_in END AS network,
  client,
  client_network,
  client_scope,
  client_own,
  server,
  server_network,
  server_scope,
  server_own,
  v6,
  aggregation_interval,
  records_from,
  records_until
FROM sides
