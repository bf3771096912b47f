-- 400 tries to log in within an hour at the bastion, whose security group lets that network in; none succeeds.
INSERT INTO planted BY NAME
SELECT
  member('attacker2', 14) AS client, member('bastion', 0) AS server, 22 AS server_port,
  at_hour(2.3) + nth * 9 AS start, start + 2 + floor(5 * chance(31, nth))::BIGINT AS finish,
  13 + floor(4 * chance(32, nth))::BIGINT AS request_packets, request_packets * 150 AS request_bytes,
  14 + floor(4 * chance(33, nth))::BIGINT AS reply_packets, reply_packets * 190 AS reply_bytes
FROM range(400) AS attempt (nth);
