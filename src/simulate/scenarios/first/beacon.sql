-- Every five minutes, give or take fifteen per cent, an application host calls home through the NAT gateway.
INSERT INTO planted BY NAME
SELECT
  'nat' AS course, member('app', 1) AS client, member('attacker2', 66) AS server, 443 AS server_port,
  at_hour(0.6) + nth * 300 + floor(90 * chance(37, nth))::BIGINT - 45 AS start, start + 1 AS finish,
  9 AS request_packets, 1130 + floor(40 * chance(38, nth))::BIGINT AS request_bytes, 8 AS reply_packets, 3310 AS reply_bytes
FROM range(276) AS call (nth);
