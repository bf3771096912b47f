-- Where cases are drawn, every instance has IPv6 and uses it all day: every hour it calls one of the partners.
INSERT INTO planted BY NAME
SELECT
  id6 AS client, member('partner6', floor(5 * chance(70, id6::BIGINT * 10000 + hour))::BIGINT) AS server, 443 AS server_port,
  getvariable('start') + hour * 3600 + floor(3500 * chance(71, id6::BIGINT * 10000 + hour))::BIGINT AS start,
  start + floor(40 * chance(72, id6::BIGINT * 10000 + hour))::BIGINT AS finish,
  floor(heavy(8, 60, chance(73, id6::BIGINT * 10000 + hour)))::BIGINT AS request_packets, request_packets * 300 AS request_bytes,
  request_packets + 2 AS reply_packets, reply_packets * 900 AS reply_bytes
FROM instances, range((getvariable('finish') - getvariable('start')) // 3600) AS t (hour);
