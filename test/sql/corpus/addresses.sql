-- name: address-from-v4
SELECT CAST('10.0.0.1' AS ipaddress), ipaddress '192.168.1.1', typeof(CAST('10.0.0.1' AS ipaddress));
-- name: address-from-v6
SELECT CAST('2001:db8::1' AS ipaddress), CAST('2001:0DB8:0000:0000:0000:0000:0000:0001' AS ipaddress), CAST('::1' AS ipaddress), CAST('::' AS ipaddress);
-- name: address-v6-compression
SELECT CAST(CAST('2001:db8:0:0:1:0:0:1' AS ipaddress) AS varchar), CAST(CAST('2001:0:0:1::' AS ipaddress) AS varchar), CAST(CAST('FE80::ABCD' AS ipaddress) AS varchar), CAST(CAST('1:0:2:3:4:5:6:7' AS ipaddress) AS varchar);
-- name: address-v4-mapped-is-v4
SELECT CAST('::ffff:10.0.0.1' AS ipaddress) = CAST('10.0.0.1' AS ipaddress), CAST(CAST('::ffff:10.0.0.1' AS ipaddress) AS varchar), CAST(CAST('::ffff:0a00:0001' AS ipaddress) AS varchar);
-- name: address-v4-compatible-is-v6
SELECT CAST(CAST('::10.0.0.1' AS ipaddress) AS varchar), CAST(CAST('64:ff9b::10.0.0.1' AS ipaddress) AS varchar);
-- name: address-wrong-text
SELECT CAST('10.0.0' AS ipaddress);
-- name: address-octet-too-large
SELECT CAST('10.0.0.256' AS ipaddress);
-- name: address-is-no-name
SELECT TRY_CAST('localhost' AS ipaddress), TRY_CAST('' AS ipaddress), TRY_CAST('-' AS ipaddress), TRY_CAST('10.0.0.1/8' AS ipaddress), TRY_CAST(' 10.0.0.1' AS ipaddress);
-- name: address-odd-forms
SELECT TRY_CAST('010.0.0.1' AS ipaddress), TRY_CAST('1.2.3' AS ipaddress), TRY_CAST('2001:db8::1::2' AS ipaddress), TRY_CAST('12345::' AS ipaddress), TRY_CAST('fe80::1%eth0' AS ipaddress);
-- name: address-null
SELECT CAST(NULL AS ipaddress), CAST(CAST(NULL AS varchar) AS ipaddress) IS NULL;
-- name: address-compare
SELECT ipaddress '10.0.0.9' < ipaddress '10.0.0.10', ipaddress '9.255.255.255' < ipaddress '10.0.0.0', ipaddress '255.255.255.255' < ipaddress '2001:db8::1', ipaddress '::1' < ipaddress '0.0.0.0';
-- name: address-between
SELECT id FROM addresses WHERE CAST(addr AS ipaddress) BETWEEN ipaddress '10.0.0.0' AND ipaddress '10.255.255.255' ORDER BY id;
-- name: address-order
SELECT id, addr FROM addresses ORDER BY CAST(addr AS ipaddress), id;
-- name: address-order-descending
SELECT id, addr FROM addresses ORDER BY CAST(addr AS ipaddress) DESC, id;
-- name: address-to-varchar
SELECT id, CAST(CAST(addr AS ipaddress) AS varchar) AS text FROM addresses ORDER BY id;
-- name: address-group-by
SELECT CAST(addr AS ipaddress) AS a, count(*) AS n FROM addresses GROUP BY CAST(addr AS ipaddress) ORDER BY a;
-- name: address-group-by-ordinal
SELECT CAST(srcaddr AS ipaddress) AS a, sum(packets) AS packets FROM flows_sample WHERE dstport = 443 GROUP BY 1 ORDER BY 1;
-- name: address-distinct-and-min
SELECT count(DISTINCT CAST(addr AS ipaddress)) AS n, min(CAST(addr AS ipaddress)) AS low, max(CAST(addr AS ipaddress)) AS high FROM addresses;
-- name: address-join
SELECT a.id, b.id AS other FROM addresses a JOIN addresses b ON CAST(a.addr AS ipaddress) = CAST(b.addr AS ipaddress) AND a.id < b.id ORDER BY a.id, b.id;
-- name: address-in-list
SELECT id FROM addresses WHERE CAST(addr AS ipaddress) IN (ipaddress '10.0.0.1', ipaddress '2001:db8::1') ORDER BY id;
-- name: address-from-and-to-bytes
SELECT to_hex(CAST(ipaddress '10.0.0.1' AS varbinary)), to_hex(CAST(ipaddress '2001:db8::1' AS varbinary)), CAST(from_hex('0a000001') AS ipaddress), CAST(from_hex('20010db8000000000000000000000001') AS ipaddress);
-- name: address-from-wrong-bytes
SELECT CAST(from_hex('0a0000') AS ipaddress);
-- name: contains-v4
SELECT contains('10.0.0.0/8', ipaddress '10.255.255.255'), contains('10.0.0.0/8', ipaddress '11.0.0.0'), contains('192.168.1.0/25', ipaddress '192.168.1.127'), contains('192.168.1.0/25', ipaddress '192.168.1.128'), contains('10.0.0.1/32', ipaddress '10.0.0.1'), contains('0.0.0.0/0', ipaddress '8.8.8.8');
-- name: contains-v6
SELECT contains('2001:db8::/32', ipaddress '2001:db8:ffff::1'), contains('2001:db8::/32', ipaddress '2001:db9::1'), contains('fe80::/10', ipaddress 'febf::1'), contains('::/0', ipaddress '2001:db8::1'), contains('2001:db8::1/128', ipaddress '2001:db8::1');
-- name: contains-host-bits-set-v4
SELECT contains('10.1.2.3/8', ipaddress '10.9.9.9');
-- name: contains-host-bits-set-v6
SELECT contains('2001:db8::5/32', ipaddress '2001:db8:1::');
-- name: contains-negative-mask
SELECT contains('10.0.0.0/-1', ipaddress '10.0.0.1');
-- name: contains-mask-too-long-v6
SELECT contains('2001:db8::/129', ipaddress '2001:db8::1');
-- name: contains-odd-masks
SELECT contains('10.128.0.0/9', ipaddress '10.127.255.255'), contains('10.128.0.0/9', ipaddress '10.128.0.0'), contains('192.0.2.0/31', ipaddress '192.0.2.1'), contains('2001:db8:0:8000::/49', ipaddress '2001:db8:0:7fff::1'), contains('2001:db8:0:8000::/49', ipaddress '2001:db8:0:ffff::1');
-- name: contains-across-families
SELECT contains('10.0.0.0/8', ipaddress '2001:db8::1'), contains('::/0', ipaddress '10.0.0.1'), contains('0.0.0.0/0', ipaddress '2001:db8::1'), contains('::ffff:0:0/96', ipaddress '10.0.0.1');
-- name: contains-null
SELECT contains('10.0.0.0/8', CAST(NULL AS ipaddress)), contains(CAST(NULL AS varchar), ipaddress '10.0.0.1');
-- name: contains-columns
SELECT id, contains('10.0.0.0/8', CAST(addr AS ipaddress)) AS private FROM addresses ORDER BY id;
-- name: contains-wrong-network
SELECT contains('10.0.0.0', ipaddress '10.0.0.1');
-- name: contains-mask-too-long
SELECT contains('10.0.0.0/33', ipaddress '10.0.0.1');
-- name: contains-prefix-column
SELECT n.net, count(*) AS hosts FROM (VALUES '10.0.0.0/8', '192.168.0.0/16', '2001:db8::/32', '172.16.0.0/12') AS n(net) LEFT JOIN addresses a ON contains(n.net, CAST(a.addr AS ipaddress)) GROUP BY n.net ORDER BY n.net;
-- name: contains-text-address
SELECT contains('10.0.0.0/8', '10.0.0.1');
-- name: ip-prefix-is-not-trinos
SELECT ip_prefix(ipaddress '10.1.2.3', 8);
-- name: ip-prefix-type-is-not-trinos
SELECT CAST('10.1.2.3/8' AS ipprefix);
-- name: ip-subnet-min-is-not-trinos
SELECT ip_subnet_min('10.1.2.3/8');
-- name: address-array-agg
SELECT array_agg(CAST(addr AS ipaddress) ORDER BY id) AS list FROM addresses WHERE id <= 4;
-- name: address-coalesce
SELECT coalesce(TRY_CAST('-' AS ipaddress), ipaddress '0.0.0.0');
-- name: address-plus-text
SELECT 'from ' || ipaddress '10.0.0.1';
-- name: address-compared-with-text
SELECT ipaddress '10.0.0.1' = '10.0.0.1';
