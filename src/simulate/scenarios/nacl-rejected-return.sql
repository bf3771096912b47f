-- A few neighbours reach a host, and the network ACL of its subnet does not let the answers out.
INSERT INTO planted BY NAME
WITH outage AS (
  SELECT
    whole(10, 2, 12) AS clients, whole(11, 60, 300) AS requests, whole(12, 5, 60) AS pace,
    begin_of(300 * 60 + 60) AS since
)
SELECT
  'reply-denied' AS course, neighbour AS client, host(0) AS server, pick(13, [443, 8444, 9000, 5671, 8081]) AS server_port,
  since + request * pace + whole(14, 0, 4, request) AS start, start + 7 AS finish,
  4 AS request_packets, 240 AS request_bytes, 4 AS reply_packets, 240 AS reply_bytes
FROM outage
CROSS JOIN range(requests) AS t (request)
JOIN neighbours(whole(10, 2, 12)) ON nth = request % clients;
