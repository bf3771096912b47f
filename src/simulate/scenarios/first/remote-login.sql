-- Somebody logs in at the bastion in the evening from a network never seen before.
INSERT INTO planted BY NAME
SELECT
  member('attacker', 130) AS client, member('bastion', 0) AS server, 22 AS server_port,
  at_hour(19.5) AS start, start + 1500 AS finish,
  1900 AS request_packets, 190000 AS request_bytes, 2100 AS reply_packets, 480000 AS reply_bytes;
