-- A host answers a few neighbours at a port that nobody used there before.
INSERT INTO planted BY NAME
WITH service AS (
  SELECT pick(10, [4444, 8000, 9001, 31337, 2222, 6667, 1080, 3128]) AS port, whole(11, 1, 8) AS clients, begin_of(60 * 300 + 400) AS since
)
SELECT
  neighbour AS client, host(0) AS server, port AS server_port,
  since + call * 300 + whole(12, 0, 250, call * 10 + nth) AS start, start + whole(13, 1, 90, call * 10 + nth) AS finish,
  whole(14, 8, 200, call * 10 + nth) AS request_packets, request_packets * 110 AS request_bytes,
  request_packets + 4 AS reply_packets, reply_packets * 420 AS reply_bytes
FROM service, neighbours(whole(11, 1, 8)), range(whole(15, 2, 60)) AS t (call);
