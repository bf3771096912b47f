-- One row: what a client asked of one port of a server in a UTC day, by its sessions that count. Unit of first contacts, fan-out and habits.
-- outcome: answered where one session was; failed where none was and one is known not to have been (refused, rejected, reply-rejected,
-- unanswered); unknown where silence means nothing; reply-only where the client sent nothing.
-- outside_clients, inside_clients: how many outside addresses, and how many of ours, that port answered in the day.
-- hours: in how many hours of the day a session began; in_hours: in which, bit 0 for the first.
WITH asked AS (
  SELECT
    "start" - "start" % 86400 AS day,
    parties_id,
    server_port,
    protocol,
    count(*) AS sessions,
    count_if(opened) AS openings,
    count_if(outcome = 'answered') AS answered,
    count_if(outcome = 'rejected') AS rejected,
    count_if(outcome = 'reply-rejected') AS replies_rejected,
    count_if(outcome = 'refused') AS refused,
    count_if(outcome = 'unanswered') AS unanswered,
    count_if(outcome = 'unknown') AS unknown,
    min(CASE WHEN opened THEN "start" END) AS first_try,
    max(CASE WHEN opened THEN "start" END) AS last_try,
    min("start") AS first_seen,
    max("end") AS last_seen,
    max("end" - "start") AS longest,
    bitwise_or_agg(bitwise_left_shift(BIGINT '1', CAST("start" % 86400 / 3600 AS integer))) AS in_hours,
    sum(CAST(packets_to_server AS double)) AS packets_to_server,
    sum(CAST(bytes_to_server AS double)) AS bytes_to_server,
    sum(CAST(packets_to_client AS double)) AS packets_to_client,
    sum(CAST(bytes_to_client AS double)) AS bytes_to_client,
    sum(records) AS records,
    max(client_confidence) AS client_confidence
  FROM stitched_sessions
  WHERE counted
  GROUP BY "start" - "start" % 86400, parties_id, server_port, protocol
),
named AS (
  SELECT
    a.day,
    p.client,
    p.client_network,
    p.client_scope,
    p.client_own,
    p.server,
    p.server_network,
    p.server_scope,
    p.server_own,
    a.server_port,
    a.protocol,
    p.network,
    a.sessions,
    a.openings,
    a.answered,
    a.rejected,
    a.replies_rejected,
    a.refused,
    a.unanswered,
    a.unknown,
    a.first_try,
    a.last_try,
    a.first_seen,
    a.last_seen,
    a.longest,
    bit_count(a.in_hours, 64) AS hours,
    a.in_hours,
    a.packets_to_server,
    a.bytes_to_server,
    a.packets_to_client,
    a.bytes_to_client,
    a.records,
    a.client_confidence,
    a.parties_id
  FROM asked a
  JOIN parties p ON p.parties_id = a.parties_id
),
served AS (
  SELECT
    day,
    server_network,
    server,
    server_port,
    protocol,
    sum(CASE WHEN client_own THEN 0 ELSE 1 END) AS outside_clients,
    sum(CASE WHEN client_own THEN 1 ELSE 0 END) AS inside_clients
  FROM named
  WHERE answered > 0
  GROUP BY day, server_network, server, server_port, protocol
)
SELECT
  a.*,
  CASE
    WHEN a.answered > 0 THEN 'answered'
    WHEN a.rejected + a.replies_rejected + a.refused + a.unanswered > 0 THEN 'failed'
    WHEN a.unknown > 0 THEN 'unknown'
    ELSE 'reply-only'
  END AS outcome,
  coalesce(s.outside_clients, 0) AS outside_clients,
  coalesce(s.inside_clients, 0) AS inside_clients
FROM named a
LEFT JOIN served s
  ON s.day = a.day
  AND s.server_network = a.server_network
  AND s.server = a.server
  AND s.server_port = a.server_port
  AND s.protocol = a.protocol
