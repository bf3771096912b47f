-- One source tries a few ports of many hosts; on one of them a port was left open and answers.
INSERT INTO planted BY NAME
WITH scan AS (
  SELECT
    whole(10, 1, 10) AS a_second, begin_of(7200) AS since, whole(11, 1, 6) AS ports,
    whole(12, 0, 5) AS favourite, whole(13, 0, 19) AS lucky
),
tried AS (
  SELECT
    CASE WHEN nth = lucky THEN host(0) ELSE neighbour END AS server,
    ([6379, 9200, 27017, 11211, 2375, 5601, 8888, 3306, 5432, 10250, 8500])[1 + favourite + nth_port] AS port,
    nth = lucky AND nth_port = 0 AS hit,
    nth * ports + nth_port AS position
  FROM scan, neighbours(whole(14, 20, 100)), range(ports) AS t (nth_port)
)
SELECT
  CASE WHEN hit THEN 'accepted' ELSE 'rejected' END AS course,
  outsider(0) AS client, server, port AS server_port,
  since + position // a_second AS start, start + CASE WHEN hit THEN whole(15, 1, 20) ELSE 0 END AS finish,
  CASE WHEN hit THEN whole(16, 4, 12) ELSE 1 END AS request_packets, request_packets * 60 AS request_bytes,
  CASE WHEN hit THEN whole(17, 3, 12) ELSE 0 END AS reply_packets, reply_packets * 210 AS reply_bytes
FROM scan, tried;
