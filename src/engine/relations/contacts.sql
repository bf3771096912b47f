-- One row: what a client asked of one port of a server in a UTC day, by its sessions that count. Unit of first contacts, fan-out and habits.
-- outcome: answered where one session was; failed where none was and one is known not to have been (refused, rejected, reply-rejected,
-- unanswered); unknown where silence means nothing; reply-only where the client sent nothing.
-- outside_clients, inside_clients: how many outside addresses, and how many of ours, that port answered in the day.
-- hours: in how many hours of the day a session began.
WITH asked AS (
  SELECT
    "start" - "start" % 86400 AS day,
    client,
    client_network,
    client_scope,
    client_own,
    server,
    server_network,
    server_scope,
    server_own,
    server_port,
    protocol,
    min(network) AS network,
    count(*) AS sessions,
    sum(CASE WHEN opened THEN 1 ELSE 0 END) AS openings,
    sum(CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END) AS answered,
    sum(CASE WHEN outcome = 'rejected' THEN 1 ELSE 0 END) AS rejected,
    sum(CASE WHEN outcome = 'reply-rejected' THEN 1 ELSE 0 END) AS replies_rejected,
    sum(CASE WHEN outcome = 'refused' THEN 1 ELSE 0 END) AS refused,
    sum(CASE WHEN outcome = 'unanswered' THEN 1 ELSE 0 END) AS unanswered,
    sum(CASE WHEN outcome = 'unknown' THEN 1 ELSE 0 END) AS unknown,
    min(CASE WHEN opened THEN "start" END) AS first_try,
    max(CASE WHEN opened THEN "start" END) AS last_try,
    min("start") AS first_seen,
    max("end") AS last_seen,
    max("end" - "start") AS longest,
    count(DISTINCT "start" - "start" % 3600) AS hours,
    sum(CAST(packets_to_server AS double)) AS packets_to_server,
    sum(CAST(bytes_to_server AS double)) AS bytes_to_server,
    sum(CAST(packets_to_client AS double)) AS packets_to_client,
    sum(CAST(bytes_to_client AS double)) AS bytes_to_client,
    sum(records) AS records,
    max(client_confidence) AS client_confidence
  FROM sessions
  WHERE counted
  GROUP BY
    "start" - "start" % 86400, client, client_network, client_scope, client_own,
    server, server_network, server_scope, server_own, server_port, protocol
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
  FROM asked
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
FROM asked a
LEFT JOIN served s
  ON s.day = a.day
  AND s.server_network = a.server_network
  AND s.server = a.server
  AND s.server_port = a.server_port
  AND s.protocol = a.protocol
