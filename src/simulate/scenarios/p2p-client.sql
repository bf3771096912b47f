-- Benign: a client of a file sharing network meets a hundred to four hundred peers at high ports; half of them do not answer.
INSERT INTO planted BY NAME
WITH swarm AS (
  SELECT begin_of(4 * 3600) AS since, whole(10, 1800, 3 * 3600) AS seconds
),
peer AS (
  SELECT nth, luck(11, nth) < 0.5 AS up, pick(12, [17, 17, 6], nth) AS protocol, mostly_low(13, 4, 4000, nth) AS packets
  FROM range(whole(14, 100, 400)) AS t (nth)
)
SELECT
  outward() AS course, host(0) AS client, passer_by(nth) AS server, peer.protocol,
  CASE WHEN nth % 4 = 0 THEN 6881 ELSE whole(15, 10000, 65000, nth) END AS server_port,
  since + whole(16, 0, seconds, nth) AS start, start + CASE WHEN up THEN whole(17, 5, 1200, nth) ELSE 3 END AS finish,
  CASE WHEN up THEN packets + 4 ELSE 2 END AS request_packets,
  request_packets * CASE WHEN up THEN whole(18, 80, 700, nth) ELSE 66 END AS request_bytes,
  CASE WHEN up THEN packets + 2 ELSE 0 END AS reply_packets, reply_packets * whole(19, 80, 1300, nth) AS reply_bytes
FROM swarm, peer;
