-- An application host sends 6 GB in four connections to an address that it never spoke to before.
INSERT INTO planted BY NAME
SELECT
  'nat' AS course, member('app', 3) AS client, member('attacker', 200) AS server, 443 AS server_port,
  at_hour(1.25) + nth * 620 AS start, start + 600 AS finish,
  1050000 AS request_packets, 1050000 * 1430 AS request_bytes, 310000 AS reply_packets, 310000 * 54 AS reply_bytes
FROM range(4) AS connection (nth);
