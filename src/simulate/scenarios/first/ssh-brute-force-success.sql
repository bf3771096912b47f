-- 250 tries to log in at a web server with port 22 open, and then a session of half an hour.
INSERT INTO planted BY NAME
SELECT
  member('attacker2', 15) AS client, member('web', 4) AS server, 22 AS server_port,
  at_hour(3.1) + nth * 5 AS start, start + 2 + floor(3 * chance(34, nth))::BIGINT AS finish,
  13 + floor(3 * chance(35, nth))::BIGINT AS request_packets, request_packets * 150 AS request_bytes,
  14 + floor(3 * chance(36, nth))::BIGINT AS reply_packets, reply_packets * 190 AS reply_bytes
FROM range(250) AS attempt (nth);

INSERT INTO planted BY NAME
SELECT
  member('attacker2', 15) AS client, member('web', 4) AS server, 22 AS server_port,
  at_hour(3.1) + 250 * 5 + 20 AS start, start + 1800 AS finish,
  2400 AS request_packets, 260000 AS request_bytes, 2900 AS reply_packets, 1450000 AS reply_bytes;
