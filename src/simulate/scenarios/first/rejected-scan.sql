-- Part 1: one source tries SSH on every public address. Part 2: another tries 240 ports of one web server.
INSERT INTO planted BY NAME
SELECT
  1 AS part, 'rejected' AS course, member('attacker', 45) AS client, first + nth AS server, 22 AS server_port,
  at_hour(4.2) + nth * 3 AS start, start AS finish, 1 AS request_packets, 44 AS request_bytes
FROM pools, range(members) AS target (nth)
WHERE pool = 'public';

INSERT INTO planted BY NAME
SELECT
  2 AS part, 'rejected' AS course, member('attacker', 46) AS client, member('web', 2) AS server, 1 + nth * 37 % 8192 AS server_port,
  at_hour(4.7) + nth // 2 AS start, start AS finish, 1 AS request_packets, 44 AS request_bytes
FROM range(240) AS port (nth);
