-- Somebody logs in by SSH or RDP from a network never seen before, and works for a while.
INSERT INTO planted BY NAME
WITH session AS (
  SELECT whole(10, 300, 5400) AS seconds, begin_of(5400) AS since
)
SELECT
  outsider(0) AS client, host(0) AS server, pick(11, [22, 22, 3389]) AS server_port,
  since AS start, since + seconds AS finish,
  seconds + whole(12, 100, 900) AS request_packets, request_packets * 100 AS request_bytes,
  seconds + whole(13, 200, 2000) AS reply_packets, reply_packets * whole(14, 150, 700) AS reply_bytes
FROM session;
