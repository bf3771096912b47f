-- name: concat-null
SELECT concat('a', NULL), 'a' || NULL, 'a' || 'b' || 'c', concat('a', 'b', 'c');
-- name: concat-number
SELECT 'port ' || 22;
-- name: concat-ws
SELECT concat_ws(',', 'a', NULL, 'b', ''), concat_ws('-', ARRAY['x', NULL, 'y']), concat_ws(NULL, 'a', 'b');
-- name: split
SELECT split('a,b,,c', ','), split('a,b,c', ',', 2), split('', ','), split('abc', ',');
-- name: split-dot-is-plain
SELECT split('10.0.1.5', '.');
-- name: split-by-nothing
SELECT split('abc', '');
-- name: split-part
SELECT split_part('10.0.1.5', '.', 1), split_part('10.0.1.5', '.', 4), split_part('10.0.1.5', '.', 5), split_part('abc', ',', 1), split_part('a,,c', ',', 2);
-- name: split-part-zero
SELECT split_part('a.b', '.', 0);
-- name: split-part-negative
SELECT split_part('a.b', '.', -1);
-- name: split-to-map
SELECT split_to_map('a=1&b=2', '&', '=');
-- name: split-to-map-duplicate
SELECT split_to_map('a=1&a=2', '&', '=');
-- name: split-to-multimap
SELECT split_to_multimap('a=1&a=2&b=3', '&', '=');
-- name: regexp-like
SELECT regexp_like('10.0.1.5', '^10\.'), regexp_like('abc', 'B'), regexp_like('abc', '(?i)B'), regexp_like('xabcx', 'abc'), regexp_like(NULL, 'a');
-- name: regexp-extract
SELECT regexp_extract('eni-0a1b port 22', '\d+'), regexp_extract('key=value', '(\w+)=(\w+)', 2), regexp_extract('abc', 'x'), regexp_extract('abc', '(x)?abc', 1);
-- name: regexp-extract-no-such-group
SELECT regexp_extract('abc', '(b)', 2);
-- name: regexp-extract-all
SELECT regexp_extract_all('1a 2b 14m', '\d+'), regexp_extract_all('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_extract_all('abc', '\d');
-- name: regexp-replace
SELECT regexp_replace('1a 2b', '\d+'), regexp_replace('1a 2b', '(\d)([ab])', '$2$1'), regexp_replace('aaa', 'a', 'b');
-- name: regexp-replace-named-group
SELECT regexp_replace('1a 2b', '(?<digit>\d)', '<${digit}>');
-- name: regexp-replace-lambda
SELECT regexp_replace('new york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2]));
-- name: regexp-replace-backslash
SELECT regexp_replace('a.b', '\.', '\\'), regexp_replace('a b', ' ', '\$');
-- name: regexp-split
SELECT regexp_split('1a 2b 14m', '\s*[a-z]+\s*'), regexp_split('a1b22c', '\d+');
-- name: regexp-count-and-position
SELECT regexp_count('1a 2b 14m', '\d'), regexp_position('a1b2', '\d'), regexp_position('a1b2', '\d', 3), regexp_position('abc', '\d');
-- name: regexp-wrong-pattern
SELECT regexp_like('abc', '(');
-- name: strpos
SELECT strpos('banana', 'na'), strpos('banana', 'na', 2), strpos('banana', 'x'), strpos('banana', 'na', -1), strpos('banana', '');
-- name: position
SELECT position('na' IN 'banana'), position('x' IN 'banana');
-- name: substr
SELECT substr('abcdef', 2), substr('abcdef', 2, 3), substr('abcdef', -2), substr('abcdef', -3, 2), substring('abcdef', 3);
-- name: substr-out-of-range
SELECT substr('abc', 0), substr('abc', 4), substr('abc', 10, 2), substr('abc', -5), substr('abc', 2, 100), substr('abc', 1, 0), substr('abc', 1, -1), substr('abc', 0, 2);
-- name: substring-from-for
SELECT substring('abcdef' FROM 2 FOR 3), substring('abcdef' FROM 4);
-- name: lpad-and-rpad
SELECT lpad('5', 3, '0'), rpad('5', 3, '0'), lpad('12345', 3, '0'), rpad('12345', 3, 'x'), lpad('a', 6, 'xyz');
-- name: lpad-with-nothing
SELECT lpad('a', 3, '');
-- name: trims
SELECT '[' || trim('  a b ') || ']', '[' || ltrim('  a ') || ']', '[' || rtrim(' a  ') || ']';
-- name: trim-characters
SELECT trim(BOTH 'x' FROM 'xxaxx'), trim(LEADING 'x' FROM 'xxaxx'), trim(TRAILING 'x' FROM 'xxaxx'), trim('xyxay', 'xy'), ltrim('xxa', 'x'), rtrim('axx', 'x');
-- name: trim-white-space
SELECT length(trim(chr(9) || 'a' || chr(10))), length(trim(chr(160) || 'a')), length(ltrim(chr(8195) || 'a'));
-- name: replace
SELECT replace('banana', 'na', '-'), replace('banana', 'an'), replace('banana', 'x', 'y'), replace('ab', '', '-');
-- name: reverse-and-case
SELECT reverse('abc'), upper('straße'), lower('ÄBC'), upper('abc');
-- name: length-counts-characters
SELECT length('dätes'), length(''), length('😀'), length(NULL), length(to_utf8('dätes'));
-- name: chr-and-codepoint
SELECT chr(65), codepoint('A'), chr(8364), codepoint('€');
-- name: codepoint-of-two
SELECT codepoint(CAST('ab' AS varchar));
-- name: translate
SELECT translate('abcd', 'abc', 'xy'), translate('10.0.0.1', '.', '-');
-- name: starts-with
SELECT starts_with('10.0.0.1', '10.'), starts_with('abc', ''), starts_with('abc', NULL);
-- name: end-of-text
SELECT substr('access.log', -4) = '.log', 'access.log' LIKE '%.log';
-- name: like
SELECT 'abc' LIKE 'a%', 'abc' LIKE 'a_c', 'abc' LIKE 'A%', 'abc' NOT LIKE '%z%', 'a.c' LIKE 'a.c', NULL LIKE 'a';
-- name: like-escape
SELECT id, word LIKE '%50\%' ESCAPE '\' AS percent, word LIKE 'fig$_5%' ESCAPE '$' AS underscore FROM words ORDER BY id;
-- name: like-backslash-is-plain
SELECT 'a\b' LIKE 'a\b', 'a%' LIKE 'a\%', 'a\%' LIKE 'a\%';
-- name: like-wrong-escape
SELECT 'a' LIKE 'a$b' ESCAPE '$';
-- name: like-new-line
SELECT 'a' || chr(10) || 'b' LIKE 'a%b', 'a' || chr(10) || 'b' LIKE 'a_b';
-- name: format-numbers
SELECT format('%05d', 42), format('%,d', 1234567), format('%.2f', 2.5e0), format('%x', 255), format('%d%%', 50), format('%8.3f|', 2.5e0), format('%-5d|', 7);
-- name: format-text
SELECT format('%s is %s', 'a', 1), format('%10s|%-5s|', 'ab', 'c'), format('%S', 'up'), format('%2$s %1$s', 'a', 'b');
-- name: format-many
SELECT format('%05d %s %.2f', 42, 'x', 2.345e0), format('%s %s', true, date '2026-01-05'), format('%s', NULL);
-- name: format-decimal-and-exponent
SELECT format('%.3f', 1.5), format('%e', 12345.678e0), format('%s', 1e10), format('%s', 0.1e0);
-- name: format-wrong-type
SELECT format('%d', 'x');
-- name: format-number
SELECT format_number(1234567), format_number(123), format_number(1500000000e0);
-- name: url-decode
SELECT url_decode('a%20b%2Fc'), url_decode('a+b'), url_decode('%C3%A4');
-- name: url-decode-damaged
SELECT url_decode('100%');
-- name: url-encode
SELECT url_encode('a b/c?d=e&f'), url_encode('ä~*-_.');
-- name: url-extract
SELECT url_extract_host('https://example.com:8443/a/b?x=1&y=2#top'), url_extract_port('https://example.com:8443/a'), url_extract_path('https://example.com/a/b?x=1'), url_extract_protocol('https://example.com'), url_extract_query('https://example.com/?x=1&y=2'), url_extract_parameter('https://example.com/?x=1&y=2', 'y'), url_extract_fragment('https://example.com/#top');
-- name: url-extract-nothing
SELECT url_extract_port('https://example.com/'), url_extract_parameter('https://example.com/?x=1', 'y'), url_extract_host('not a url'), url_extract_query('https://example.com/');
-- name: to-hex
SELECT to_hex(to_utf8('abc')), to_hex(from_hex('0aFF')), from_utf8(from_hex('616263'));
-- name: to-hex-of-number
SELECT to_hex(255);
-- name: from-hex-wrong
SELECT from_hex('xyz');
-- name: hashes
SELECT to_hex(md5(to_utf8('abc'))), to_hex(sha256(to_utf8(''))), to_hex(sha1(to_utf8('abc')));
-- name: md5-of-text
SELECT md5('abc');
-- name: base64
SELECT to_base64(to_utf8('weir')), from_utf8(from_base64('d2Vpcg==')), to_utf8('weir');
-- name: crc-and-bytes
SELECT crc32(to_utf8('abc')), from_big_endian_64(from_hex('00000000000000ff')), to_hex(to_big_endian_32(258));
-- name: levenshtein-and-hamming
SELECT levenshtein_distance('kitten', 'sitting'), hamming_distance('abc', 'abd'), levenshtein_distance('', 'abc');
-- name: hamming-of-unequal-lengths
SELECT hamming_distance('abc', 'ab');
-- name: text-compares-by-code-point
SELECT 'Z' < 'a', 'a' = 'A', 'a' = 'a ', 'ä' > 'z', '10' < '9';
-- name: text-order
SELECT id, word FROM words ORDER BY word, id;
-- name: unicode-literal-and-quotes
SELECT 'it''s', U&'\00e4', 'a"b', 'back\slash';
-- name: normalize-and-soundex
SELECT length(normalize(U&'a\0308')), soundex('Robert');
-- name: luhn-check
SELECT luhn_check('79927398713'), luhn_check('79927398714');
-- name: quoted-names
SELECT id AS "Id", word AS "Odd Name" FROM words WHERE id = 1;
-- name: names-lose-case
SELECT ID AS MixedCase, Word FROM WORDS WHERE Id = 1;
-- name: regexp-greedy-and-lookahead
SELECT regexp_extract('aXbXc', 'a.*X'), regexp_extract('aXbXc', 'a.*?X'), regexp_like('foobar', 'foo(?=bar)');
