-- The security group of a host was opened to the world: strangers connect to a database or an admin port and are answered.
INSERT INTO planted BY NAME
WITH opening AS (
  SELECT whole(10, 3, 12) AS strangers, whole(11, 20, 90) AS pace, begin_of(100 * 60) AS since
)
SELECT
  outsider(nth % strangers) AS client, host(0) AS server,
  pick(12, [5432, 3306, 1433, 1521, 27017, 6379, 9200, 5601, 2375, 10250, 5985]) AS server_port,
  since + nth * pace AS start, start + whole(13, 2, 30, nth) AS finish,
  whole(14, 7, 16, nth) AS request_packets, request_packets * 110 AS request_bytes,
  whole(15, 6, 16, nth) AS reply_packets, reply_packets * 260 AS reply_bytes
FROM opening, range(whole(16, 15, 60)) AS t (nth);
