-- One source tries six ports on every web server; on one of them port 9200 was left open and answers.
INSERT INTO planted BY NAME
SELECT
  CASE WHEN hit THEN 'accepted' ELSE 'rejected' END AS course,
  member('attacker', 77) AS client, first + nth AS server, port AS server_port,
  at_hour(5.5) + nth * 6 + position AS start,
  start + CASE WHEN hit THEN 4 ELSE 0 END AS finish,
  CASE WHEN hit THEN 7 ELSE 1 END AS request_packets, request_packets * 60 AS request_bytes,
  CASE WHEN hit THEN 6 ELSE 0 END AS reply_packets, reply_packets * 210 AS reply_bytes
FROM (
  SELECT *, nth = 3 % members AND port = 9200 AS hit
  FROM
    pools,
    range(members) AS target (nth),
    (VALUES (0, 6379), (1, 9200), (2, 27017), (3, 11211), (4, 2375), (5, 5601)) AS tried (position, port)
  WHERE pool = 'web'
);
