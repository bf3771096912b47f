-- The security group of a database was opened to the world for the afternoon: strangers connect to 5432 and are answered.
INSERT INTO planted BY NAME
SELECT
  member('attacker', 60 + nth % 8) AS client, member('db', 1) AS server, 5432 AS server_port,
  at_hour(15.2) + nth * 97 AS start, start + 3 + nth % 20 AS finish,
  9 + nth % 5 AS request_packets, request_packets * 110 AS request_bytes, 8 + nth % 6 AS reply_packets, reply_packets * 260 AS reply_bytes
FROM range(40) AS connection (nth);
