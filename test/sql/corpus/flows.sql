-- name: day-of-week-of-rejected-tcp
SELECT day_of_week("date") AS day, "date", interface_id, srcaddr, action, protocol FROM flows_sample WHERE action = 'REJECT' AND protocol = 6 ORDER BY start LIMIT 100;
-- name: top-https-servers-of-seven-days
SELECT sum(packets) AS packetcount, dstaddr FROM flows_sample WHERE dstport = 443 AND "date" > date '2026-01-21' - interval '7' day GROUP BY dstaddr ORDER BY packetcount DESC, dstaddr LIMIT 10;
-- name: first-octets-by-split-part
SELECT split_part(srcaddr, '.', 1) || '.' || split_part(srcaddr, '.', 2) AS net, count(*) AS n FROM flows_sample WHERE srcaddr LIKE '%.%' GROUP BY 1 ORDER BY n DESC, net;
-- name: start-as-iso8601
SELECT to_iso8601(from_unixtime(start)) AS started, to_iso8601(from_unixtime("end")) AS ended, log_status FROM flows_sample ORDER BY start LIMIT 8;
-- name: records-by-hour
SELECT date_format(from_unixtime(start), '%Y-%m-%d %H') AS hour, count(*) AS n, sum(bytes) AS bytes FROM flows_sample WHERE log_status = 'OK' GROUP BY 1 ORDER BY 1;
-- name: records-by-hour-truncated
SELECT date_trunc('hour', from_unixtime(start)) AS hour, count(*) AS n FROM flows_sample GROUP BY 1 ORDER BY 1;
-- name: records-by-five-minutes
SELECT from_unixtime(start - start % 300) AS slot, count(*) AS n FROM flows_sample WHERE protocol = 17 GROUP BY 1 ORDER BY 1;
-- name: eni-statistics
SELECT interface_id, count(*) AS records, count_if(log_status = 'NODATA') AS nodata, count_if(log_status = 'SKIPDATA') AS skipdata, sum(packets) AS packets, sum(bytes) AS bytes, min(from_unixtime(start)) AS first, max(from_unixtime("end")) AS last FROM flows_sample GROUP BY interface_id ORDER BY interface_id;
-- name: top-talkers-both-ways
SELECT ip, sum(bytes) AS total_bytes FROM (SELECT dstaddr AS ip, sum(bytes) AS bytes FROM flows_sample GROUP BY 1 UNION ALL SELECT srcaddr AS ip, sum(bytes) AS bytes FROM flows_sample GROUP BY 1) GROUP BY ip ORDER BY total_bytes DESC, ip LIMIT 10;
-- name: ssh-and-rdp
SELECT * FROM flows_sample WHERE srcport IN (22, 3389) OR dstport IN (22, 3389) ORDER BY start ASC;
-- name: nodata-rows-are-null
SELECT start, srcaddr, packets, action, log_status FROM flows_sample WHERE action IS NULL ORDER BY start;
-- name: rejected-share
SELECT dstport, count(*) AS n, count_if(action = 'REJECT') AS rejected, round(count_if(action = 'REJECT') * 100.0 / count(*), 1) AS percent FROM flows_sample WHERE dstport IS NOT NULL GROUP BY dstport HAVING count(*) > 1 ORDER BY dstport;
-- name: rejected-share-by-integers
SELECT count_if(action = 'REJECT') / count(*) AS truncated, count_if(action = 'REJECT') * 100 / count(*) AS percent FROM flows_sample;
-- name: bytes-per-packet
SELECT start, bytes / packets AS whole, CAST(bytes AS double) / packets AS exact, round(CAST(bytes AS double) / packets, 1) AS rounded FROM flows_sample WHERE packets > 0 ORDER BY start LIMIT 6;
-- name: rate-divides-by-zero
SELECT bytes / ("end" - start) FROM flows_sample;
-- name: rate-guarded
SELECT start, bytes / nullif("end" - start, 0) AS rate FROM flows_sample WHERE "date" = date '2026-01-19' ORDER BY start;
-- name: duration-in-minutes
SELECT start, date_diff('minute', from_unixtime(start), from_unixtime("end")) AS minutes FROM flows_sample WHERE "date" >= date '2026-01-19' ORDER BY start;
-- name: bytes-beyond-double
SELECT start, bytes, packets FROM flows_sample WHERE bytes > 9007199254740992 ORDER BY start;
-- name: average-of-large-bytes
SELECT avg(bytes), max(bytes), min(bytes) FROM flows_sample WHERE dstaddr = '192.0.2.80';
-- name: tcp-flags-syn-only
SELECT start, tcp_flags, bitwise_and(tcp_flags, 2) = 2 AS syn, bitwise_and(tcp_flags, 16) <> 0 AS ack FROM flows_sample WHERE tcp_flags IS NOT NULL ORDER BY start;
-- name: ports-scanned-by-source
SELECT srcaddr, count(DISTINCT dstport) AS ports, count(DISTINCT dstaddr) AS hosts, array_agg(DISTINCT dstport ORDER BY dstport) AS list FROM flows_sample WHERE action = 'REJECT' GROUP BY srcaddr HAVING count(*) > 1 ORDER BY ports DESC, srcaddr;
-- name: ports-joined
SELECT srcaddr, array_join(array_sort(array_agg(DISTINCT dstport)), ',') AS ports FROM flows_sample WHERE action = 'REJECT' GROUP BY srcaddr ORDER BY srcaddr;
-- name: protocol-names-by-map
SELECT coalesce(element_at(MAP(ARRAY[bigint '6', 17, 1], ARRAY['tcp', 'udp', 'icmp']), protocol), CAST(protocol AS varchar)) AS name, count(*) AS n FROM flows_sample WHERE protocol IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1;
-- name: protocol-names-by-case
SELECT CASE protocol WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' ELSE 'other' END AS name, sum(packets) AS packets FROM flows_sample GROUP BY 1 ORDER BY 1;
-- name: last-record-of-each-source
SELECT srcaddr, max_by(dstaddr, start) AS last_target, max(start) AS last_start FROM flows_sample WHERE srcaddr IS NOT NULL GROUP BY srcaddr ORDER BY last_start DESC LIMIT 8;
-- name: private-to-public
SELECT start, srcaddr, dstaddr FROM flows_sample WHERE contains('10.0.0.0/8', CAST(srcaddr AS ipaddress)) AND NOT contains('10.0.0.0/8', CAST(dstaddr AS ipaddress)) ORDER BY start;
-- name: v6-records
SELECT start, CAST(CAST(srcaddr AS ipaddress) AS varchar) AS src FROM flows_sample WHERE contains('2001:db8::/32', TRY_CAST(srcaddr AS ipaddress)) ORDER BY start;
-- name: conversation-key
SELECT least(CAST(srcaddr AS ipaddress), CAST(dstaddr AS ipaddress)) AS a, greatest(CAST(srcaddr AS ipaddress), CAST(dstaddr AS ipaddress)) AS b, count(*) AS n FROM flows_sample WHERE srcaddr IS NOT NULL GROUP BY 1, 2 ORDER BY n DESC, a, b LIMIT 6;
-- name: beacon-gaps
SELECT srcaddr, dstaddr, count(*) AS n, avg(gap) AS mean, approx_percentile(gap, 0.5) AS median, max(gap) AS longest FROM (SELECT srcaddr, dstaddr, start - lag(start) OVER (PARTITION BY srcaddr, dstaddr, dstport ORDER BY start) AS gap FROM flows_sample WHERE srcaddr IS NOT NULL) WHERE gap IS NOT NULL GROUP BY srcaddr, dstaddr ORDER BY srcaddr, dstaddr;
-- name: sessions-by-gap
SELECT srcaddr, session, count(*) AS records, min(start) AS first, max("end") AS last FROM (SELECT srcaddr, start, "end", sum(IF(gap > 3600 OR gap IS NULL, 1, 0)) OVER (PARTITION BY srcaddr ORDER BY start) AS session FROM (SELECT srcaddr, start, "end", start - lag(start) OVER (PARTITION BY srcaddr ORDER BY start) AS gap FROM flows_sample WHERE srcaddr = '198.51.100.7')) GROUP BY srcaddr, session ORDER BY srcaddr, session;
-- name: answers-to-requests
SELECT a.start, b.start AS answer, b.start - a.start AS wait FROM flows_sample a JOIN flows_sample b ON a.srcaddr = b.dstaddr AND a.dstaddr = b.srcaddr AND a.srcport = b.dstport AND a.dstport = b.srcport AND b.start >= a.start ORDER BY a.start, b.start;
-- name: never-answered
SELECT count(*) AS n FROM flows_sample a WHERE action = 'ACCEPT' AND NOT EXISTS (SELECT 1 FROM flows_sample b WHERE a.srcaddr = b.dstaddr AND a.dstaddr = b.srcaddr AND a.srcport = b.dstport);
-- name: new-sources-of-a-day
SELECT DISTINCT srcaddr FROM flows_sample WHERE "date" = date '2026-01-20' AND srcaddr IS NOT NULL AND srcaddr NOT IN (SELECT srcaddr FROM flows_sample WHERE "date" < date '2026-01-20' AND srcaddr IS NOT NULL) ORDER BY srcaddr;
-- name: day-against-the-day-before
SELECT "date", sum(packets) AS packets, sum(packets) - lag(sum(packets)) OVER (ORDER BY "date") AS more FROM flows_sample GROUP BY "date" ORDER BY "date";
-- name: days-without-records
SELECT day FROM UNNEST(sequence(date '2026-01-09', date '2026-01-22')) AS t(day) LEFT JOIN flows_sample f ON f."date" = day WHERE f.start IS NULL ORDER BY day;
-- name: cube-of-action-and-protocol
SELECT action, protocol, count(*) AS n FROM flows_sample WHERE action IS NOT NULL GROUP BY CUBE (action, protocol) ORDER BY action, protocol;
-- name: port-ranges
SELECT CASE WHEN dstport < 1024 THEN 'well known' WHEN dstport < 49152 THEN 'registered' ELSE 'dynamic' END AS kind, count(*) AS n FROM flows_sample WHERE dstport IS NOT NULL GROUP BY 1 ORDER BY 1;
-- name: port-histogram
SELECT histogram(dstport) AS ports FROM flows_sample WHERE srcaddr = '198.51.100.7';
-- name: date-as-text-filter
SELECT count(*) AS n FROM flows_sample WHERE CAST("date" AS varchar) BETWEEN '2026-01-12' AND '2026-01-14';
-- name: partition-date-in-list
SELECT "date", count(*) AS n FROM flows_sample WHERE "date" IN (date '2026-01-10', date '2026-01-20') GROUP BY "date" ORDER BY "date";
-- name: hour-of-the-day
SELECT hour(from_unixtime(start)) AS hour, count(*) AS n FROM flows_sample WHERE action = 'REJECT' GROUP BY 1 ORDER BY 1;
-- name: hour-in-a-time-zone
SELECT hour(from_unixtime(start) AT TIME ZONE 'Asia/Tokyo') AS hour, count(*) AS n FROM flows_sample WHERE action = 'REJECT' GROUP BY 1 ORDER BY 1;
-- name: between-two-moments
SELECT count(*) AS n FROM flows_sample WHERE from_unixtime(start) BETWEEN timestamp '2026-01-13 00:00:00 UTC' AND timestamp '2026-01-14 00:00:00 UTC';
-- name: since-a-moment-without-zone
SELECT count(*) AS n FROM flows_sample WHERE from_unixtime(start) >= timestamp '2026-01-19 08:00:00';
-- name: since-an-iso-moment
SELECT count(*) AS n FROM flows_sample WHERE start >= to_unixtime(from_iso8601_timestamp('2026-01-19T08:00:00Z'));
-- name: account-and-eni-text
SELECT account_id, substr(interface_id, -4) AS tail, length(interface_id) AS n, count(*) AS records FROM flows_sample GROUP BY 1, 2, 3 ORDER BY 1, 2;
-- name: format-a-sentence
SELECT format('%s tried %d ports on %s', srcaddr, count(DISTINCT dstport), max(dstaddr)) AS sentence FROM flows_sample WHERE action = 'REJECT' GROUP BY srcaddr ORDER BY srcaddr;
-- name: top-port-of-each-eni
SELECT interface_id, dstport, n FROM (SELECT interface_id, dstport, count(*) AS n, row_number() OVER (PARTITION BY interface_id ORDER BY count(*) DESC, dstport) AS place FROM flows_sample WHERE dstport IS NOT NULL GROUP BY interface_id, dstport) WHERE place <= 2 ORDER BY interface_id, place;
-- name: egress-by-direction
SELECT coalesce(flow_direction, 'unknown') AS direction, sum(bytes) AS bytes FROM flows_sample WHERE dstaddr <> '192.0.2.80' GROUP BY 1 ORDER BY 1;
