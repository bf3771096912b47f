-- A host asks a name server outside thousands of long questions; the answers are long, too, or the questions carry it all.
INSERT INTO planted BY NAME
WITH tunnel AS (
  SELECT
    whole(10, 1500, 5000) AS questions, whole(11, 1, 5) AS pace, whole(12, 140, 240) AS question_size,
    pick(13, [110, 300, 480]) AS answer_size, begin_of(5000 * 5) AS since
)
SELECT
  CASE WHEN getvariable('six') OR luck(14) < 0.7 THEN 'accepted' ELSE 'nat' END AS course,
  host(0) AS client, outsider(0) AS server, 17 AS protocol, 53 AS server_port,
  since + nth * pace + whole(15, 0, pace - 1, nth) AS start, start AS finish,
  1 AS request_packets, question_size + whole(16, 0, 30, nth) AS request_bytes,
  1 AS reply_packets, answer_size + whole(17, 0, 60, nth) AS reply_bytes
FROM tunnel, range(questions) AS t (nth);
