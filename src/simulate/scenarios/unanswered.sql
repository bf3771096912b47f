-- A service died, or its host is overwhelmed: neighbours or people outside ask, are let in, and nothing comes back.
INSERT INTO planted BY NAME
WITH outage AS (
  SELECT
    luck(10) < 0.5 AS from_inside, whole(11, 3, 15) AS clients, whole(12, 2, 30) AS pace,
    begin_of(800 * 30 + 60) AS since
),
asker AS (
  SELECT nth, CASE WHEN from_inside THEN neighbour ELSE outsider(nth) END AS client
  FROM outage, neighbours(15)
)
SELECT
  client, host(0) AS server, pick(13, [443, 8446, 9200, 9092, 8081, 3306]) AS server_port,
  since + request * pace + whole(14, 0, 1, request) AS start, start + 6 AS finish, 3 AS request_packets, 156 AS request_bytes
FROM outage
CROSS JOIN range(whole(15, 150, 800)) AS t (request)
JOIN asker ON nth = request % clients;
