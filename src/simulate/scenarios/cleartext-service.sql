-- Somebody outside uses a service without encryption, such as telnet, FTP, POP, IMAP or LDAP, and is answered.
INSERT INTO planted BY NAME
WITH usage AS (
  SELECT whole(10, 1, 3) AS strangers, whole(11, 120, 1800) AS pace, begin_of(40 * 1800 + 600) AS since
)
SELECT
  outsider(nth % strangers) AS client, host(0) AS server, pick(12, [23, 21, 110, 143, 389]) AS server_port,
  since + nth * pace + whole(13, 0, 60, nth) AS start, start + whole(14, 5, 300, nth) AS finish,
  (finish - start) // 3 + whole(15, 12, 80, nth) AS request_packets, request_packets * 62 AS request_bytes,
  request_packets + whole(16, 0, 60, nth) AS reply_packets, reply_packets * 210 AS reply_bytes
FROM usage, range(whole(17, 5, 40)) AS t (nth);
