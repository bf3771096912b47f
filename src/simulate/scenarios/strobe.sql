-- A host opens a short connection to the same outside address every three to eight seconds, nine to ten thousand of them.
INSERT INTO planted BY NAME
WITH strobe AS (
  SELECT
    whole(10, 3, 8) AS pace, whole(11, 9000, 10500) AS connections, begin_of(84600) AS since,
    whole(12, 5, 9) AS packets
)
SELECT
  'accepted' AS course, host(0) AS client, outsider(0) AS server, pick(13, [443, 80, 8080, 3333, 6667]) AS server_port,
  since + nth * pace + whole(14, 0, 2, nth) AS start, start + whole(15, 0, 1, nth) AS finish,
  packets AS request_packets, packets * 90 AS request_bytes, packets - 1 AS reply_packets,
  (packets - 1) * whole(16, 60, 400) AS reply_bytes
FROM strobe, range(connections) AS t (nth);
