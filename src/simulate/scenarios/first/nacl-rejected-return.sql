-- Web servers reach an application host, and the network ACL of its subnet does not let the answers out.
INSERT INTO planted BY NAME
SELECT
  'reply-denied' AS course, member('web', nth % 4) AS client, member('app', 2) AS server, 8444 AS server_port,
  at_hour(14) + nth * 20 AS start, start + 7 AS finish,
  4 AS request_packets, 240 AS request_bytes, 4 AS reply_packets, 240 AS reply_bytes
FROM range(90) AS request (nth);
