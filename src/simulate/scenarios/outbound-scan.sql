-- A host tries one port of a hundred to four hundred addresses outside; most say nothing, some refuse, a few answer.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT pick(10, [22, 23, 445, 3389, 5555, 8080, 7547]) AS port, whole(11, 1, 10) AS a_second, begin_of(600) AS since
),
tried AS (
  SELECT position, luck(12, position) AS fate
  FROM range(whole(13, 100, 400)) AS t (position)
)
SELECT
  outward() AS course, host(0) AS client, passer_by(position) AS server, port AS server_port,
  since + position // a_second AS start, start + CASE WHEN fate < 0.05 THEN whole(14, 1, 4, position) ELSE 0 END AS finish,
  CASE WHEN fate < 0.05 THEN 8 WHEN fate < 0.15 THEN 1 ELSE whole(15, 1, 2, position) END AS request_packets,
  request_packets * 60 AS request_bytes,
  CASE WHEN fate < 0.05 THEN 6 WHEN fate < 0.15 THEN 1 ELSE 0 END AS reply_packets, reply_packets * 54 AS reply_bytes,
  fate BETWEEN 0.05 AND 0.15 AS refused
FROM scan, tried;
