-- A host opens sessions at login ports of five to fifteen neighbours, which it never talks to, within an hour.
INSERT INTO planted BY NAME
WITH hops AS (
  SELECT pick(10, [22, 22, 3389, 445, 5985, 5986, 135]) AS port, whole(11, 30, 220) AS pace, begin_of(3600 + 700) AS since
)
SELECT
  host(0) AS client, neighbour AS server, port AS server_port,
  since + nth * pace + whole(12, 0, 20, nth) AS start, start + whole(13, 10, 600, nth) AS finish,
  (finish - start) + whole(14, 20, 400, nth) AS request_packets, request_packets * 120 AS request_bytes,
  request_packets + whole(15, 0, 300, nth) AS reply_packets, reply_packets * 240 AS reply_bytes
FROM hops, neighbours(whole(16, 5, 15));
