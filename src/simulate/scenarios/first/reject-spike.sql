-- A rule of a security group was removed: for twenty minutes an application host rejects what the web tier asks of it.
INSERT INTO planted BY NAME
SELECT
  'rejected' AS course, member('web', nth) AS client, member('app', 0) AS server, 8445 AS server_port,
  at_hour(10.5) + nth AS start, start + 3 AS finish, 3 AS request_packets, 180 AS request_bytes
FROM range(1200) AS request (nth);
