-- A host opens one session at a login port of a neighbour, which it never talks to.
INSERT INTO planted BY NAME
SELECT
  host(0) AS client, neighbour AS server, pick(10, [22, 22, 3389, 445, 5985, 135]) AS server_port,
  begin_of(1900) AS start, start + whole(11, 30, 1800) AS finish,
  (finish - start) + whole(12, 20, 400) AS request_packets, request_packets * 120 AS request_bytes,
  request_packets + whole(13, 0, 300) AS reply_packets, reply_packets * 240 AS reply_bytes
FROM neighbours(1);
