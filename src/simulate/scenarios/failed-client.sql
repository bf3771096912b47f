-- Benign: a client asks a server inside or outside that is down, again and again, all day: no answer, an RST, or a reject.
INSERT INTO planted BY NAME
WITH client AS (
  SELECT luck(10) < 0.5 AS inside, pick(11, [15, 30, 60, 300]) AS pace, pick(12, ['silent', 'refused', 'rejected']) AS fate
)
SELECT
  CASE WHEN NOT inside THEN outward() WHEN fate = 'rejected' THEN 'rejected' ELSE 'accepted' END AS course,
  host(0) AS client, CASE WHEN inside THEN host(1) ELSE outsider(0) END AS server,
  pick(13, [443, 8086, 5044, 9200, 514, 5432]) AS server_port,
  at_hour(0) + 30 + nth * pace + whole(14, 0, 2, nth) AS start, start + CASE fate WHEN 'refused' THEN 0 ELSE 7 END AS finish,
  CASE fate WHEN 'refused' THEN 1 ELSE 4 END AS request_packets, request_packets * 60 AS request_bytes,
  CASE fate WHEN 'refused' THEN 1 ELSE 0 END AS reply_packets, reply_packets * 40 AS reply_bytes,
  fate = 'refused' AS refused
FROM client, range(86000 // pace) AS t (nth);
