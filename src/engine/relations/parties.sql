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
  SELECT pair_id, address_a IS NOT NULL AND strpos(address_a, ':') > 0 AS v6, 0 AS side,
    address_a AS client, network_a AS client_network, scope_a AS client_scope, own_a AS client_own,
    address_b AS server, network_b AS server_network, scope_b AS server_scope, own_b AS server_own,
    seen_in, aggregation_interval, records_from, records_until
  FROM pairs
  UNION ALL
  SELECT pair_id, address_a IS NOT NULL AND strpos(address_a, ':') > 0, 1,
    address_b, network_b, scope_b, own_b,
    address_a, network_a, scope_a, own_a,
    seen_in, aggregation_interval, records_from, records_until
  FROM pairs
)
SELECT
  2 * pair_id + side AS parties_id,
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
