-- An application host tries four ports on up to 120 other hosts of the VPC; a few database and web servers answer on SSH.
INSERT INTO planted BY NAME
SELECT
  CASE WHEN answers THEN 'accepted' ELSE 'rejected' END AS course,
  member('app', 4) AS client, target.id AS server, port AS server_port,
  at_hour(21.4) + target.id * 4 + position AS start, start AS finish,
  CASE WHEN answers THEN 3 ELSE 1 END AS request_packets, request_packets * 52 AS request_bytes,
  CASE WHEN answers THEN 2 ELSE 0 END AS reply_packets, reply_packets * 60 AS reply_bytes,
  CASE WHEN answers THEN 4 ELSE 1 END AS closing
FROM (
  SELECT ends.id, port, position, port = 22 AND ends.role IN ('db', 'web') AND ends.nth % 9 = 1 AS answers
  FROM
    ends,
    (VALUES (0, 22), (1, 445), (2, 3389), (3, 5985)) AS tried (position, port)
  WHERE ends.id = ends.eni AND role IN ('db', 'dns', 'monitor', 'app', 'bastion', 'web') AND ends.id <> member('app', 4) AND ends.id <= 120
) AS target;
