-- One source logs in one to three times at each of ten to forty hosts, some minutes apart; none lets it in.
INSERT INTO planted BY NAME
WITH spray AS (
  SELECT
    pick(10, [22, 22, 3389, 3389, 5985, 445, 1433]) AS port, whole(11, 1, 3) AS rounds, whole(12, 5, 120) AS pace,
    whole(13, 12, 40) AS packets, begin_of(4 * 40 * 120 + 60) AS since
)
SELECT
  outsider(0) AS client, neighbour AS server, port AS server_port,
  since + (round * 40 + nth) * pace + whole(14, 0, 4, round * 40 + nth) AS start,
  start + whole(15, 1, 6, round * 40 + nth) AS finish,
  packets + whole(16, 0, 1, round * 40 + nth) AS request_packets, request_packets * 118 AS request_bytes,
  packets + whole(17, 0, 2, round * 40 + nth) AS reply_packets, reply_packets * 160 AS reply_bytes
FROM spray, neighbours(whole(18, 10, 40)), range(rounds) AS t (round);
