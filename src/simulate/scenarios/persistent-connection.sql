-- Benign: a connection is kept open from day to day, with a packet each way now and then: a VPN, a queue, a pool of a database.
INSERT INTO planted BY NAME
WITH link AS (
  SELECT
    luck(10) < 0.6 AS outbound, whole(11, 10, 120) AS pace,
    pick(12, [443, 8883, 1194, 51820]) AS outside_port, pick(13, [5672, 5432, 6379, 9092]) AS inside_port
)
SELECT
  CASE WHEN outbound THEN outward() ELSE 'accepted' END AS course,
  host(0) AS client, CASE WHEN outbound THEN outsider(0) ELSE host(1) END AS server,
  CASE WHEN outbound AND outside_port IN (1194, 51820) THEN 17 ELSE 6 END AS protocol,
  CASE WHEN outbound THEN outside_port ELSE inside_port END AS server_port,
  -- It begins anew each night.
  days_ago(day) + whole(14, 1800, 14400, day) AS start, start + 86400 - whole(15, 15000, 20000, day) AS finish,
  (finish - start) // pace AS request_packets, request_packets * 92 AS request_bytes,
  request_packets AS reply_packets, reply_packets * 88 AS reply_bytes
FROM link, range(habit_days()) AS t (day);
