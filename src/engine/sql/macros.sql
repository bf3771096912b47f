-- DuckDB macros that the translated SQL stands on. `athena.*` are Trino's functions where DuckDB's own differ.
-- A macro that must fail casts its message to a number: unlike error(), that may stand inside TRY.

CREATE SCHEMA IF NOT EXISTS athena;

-- Addresses: a key is the address as a number of 128 bits, IPv4 mapped into IPv6 (::ffff:0:0/96).
-- A list of one element under list_transform is a `let`: DuckDB writes macros out, so an argument that is used often is bound first.

CREATE OR REPLACE MACRO athena.v4_octet(address, place) AS
  CAST(TRY_CAST(list_extract(string_split(address, '.'), place) AS UTINYINT) AS UINTEGER);

-- Four decimal numbers up to 255 with no zero before them; the cast alone would take +1, 0x1 and 1e1 too.
CREATE OR REPLACE MACRO athena.v4_number(address) AS
  CASE WHEN len(string_split(address, '.')) = 4 AND NOT regexp_matches(address, '(^|\.)0[0-9]|[^0-9.]') THEN
    (athena.v4_octet(address, 1) << 24) + (athena.v4_octet(address, 2) << 16) + (athena.v4_octet(address, 3) << 8) + athena.v4_octet(address, 4)
  END;

-- The dotted end of an address as two groups of hexadecimal digits.
CREATE OR REPLACE MACRO athena.v6_dotted(groups) AS
  list_transform([athena.v4_number(list_extract(groups, -1))], lambda number:
    array_to_string(list_append(list_slice(groups, 1, -2), to_hex(number >> 16) || ':' || to_hex(number & 65535)), ':'))[1];

CREATE OR REPLACE MACRO athena.v6_hex(groups) AS
  coalesce(array_to_string(list_transform(list_filter(string_split(groups, ':'), lambda part: part <> ''), lambda part: lpad(part, 4, '0')), ''), '');

-- The 32 digits of an address, with the zeros that `::` stands for.
CREATE OR REPLACE MACRO athena.v6_digits(address) AS
  list_transform([struct_pack(
    text := address,
    head := athena.v6_hex(split_part(address, '::', 1)),
    tail := athena.v6_hex(split_part(address, '::', 2)))], lambda part:
    CASE WHEN NOT regexp_full_match(part.text, '([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4})*)?(::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4})*)?)?') THEN NULL
         WHEN NOT contains(part.text, '::') THEN CASE WHEN length(part.head) = 32 THEN part.head END
         WHEN length(part.head) + length(part.tail) <= 28 THEN part.head || repeat('0', 32 - length(part.head) - length(part.tail)) || part.tail
    END)[1];

CREATE OR REPLACE MACRO athena.v6_number(digits) AS
  CAST(CAST('0x' || left(digits, 16) AS UBIGINT) AS UHUGEINT) * 18446744073709551616 + CAST('0x' || right(digits, 16) AS UBIGINT);

-- A zone such as %eth0 belongs to the machine that wrote it and is left out, as in Trino.
CREATE OR REPLACE MACRO athena.v6_key(address) AS
  list_transform([split_part(address, '%', 1)], lambda plain:
    list_transform([athena.v6_digits(CASE WHEN contains(plain, '.') THEN athena.v6_dotted(string_split(plain, ':')) ELSE plain END)],
      lambda digits: athena.v6_number(digits))[1])[1];

-- NULL for what is no address. IPv4 comes first and not in a CASE: that keeps the usual case a third faster.
CREATE OR REPLACE MACRO address_key(address) AS
  coalesce(
    CAST(CAST(athena.v4_number(address) AS UBIGINT) + 281470681743360 AS UHUGEINT),
    CASE WHEN contains(address, ':') THEN athena.v6_key(address) END);

CREATE OR REPLACE MACRO athena.v4_text(number) AS
  list_transform([number], lambda n: (n >> 24) || '.' || ((n >> 16) & 255) || '.' || ((n >> 8) & 255) || '.' || (n & 255))[1];

-- `:2001:db8:0:0:0:0:0:1:`
CREATE OR REPLACE MACRO athena.v6_colons(key) AS
  list_transform([lpad(lower(hex(key)), 32, '0')], lambda digits:
    ':' || array_to_string(list_transform(range(8), lambda place:
      coalesce(nullif(ltrim(substring(digits, CAST(place * 4 + 1 AS BIGINT), 4), '0'), ''), '0')), ':') || ':')[1];

-- The first of the longest runs of zeros becomes `::` (RFC 5952).
CREATE OR REPLACE MACRO athena.v6_shorten(colons, zeros) AS
  CASE WHEN zeros IS NULL THEN substring(colons, 2, length(colons) - 2)
  ELSE substring(left(colons, strpos(colons, zeros) - 1), 2) || '::'
    || left(substring(colons, strpos(colons, zeros) + length(zeros)), greatest(0, length(substring(colons, strpos(colons, zeros) + length(zeros))) - 1)) END;

CREATE OR REPLACE MACRO athena.v6_text(key) AS
  list_transform([athena.v6_colons(key)], lambda colons:
    list_transform([list_extract(list_filter(
      [':0:0:0:0:0:0:0:0:', ':0:0:0:0:0:0:0:', ':0:0:0:0:0:0:', ':0:0:0:0:0:', ':0:0:0:0:', ':0:0:0:', ':0:0:'],
      lambda zeros: contains(colons, zeros)), 1)], lambda zeros: athena.v6_shorten(colons, zeros))[1])[1];

CREATE OR REPLACE MACRO address_text(key) AS
  CASE WHEN key >= 281470681743360 AND key <= 281474976710655 THEN athena.v4_text(CAST(key - 281470681743360 AS UBIGINT))
  WHEN key IS NOT NULL THEN athena.v6_text(key) END;

-- Bits behind the prefix of a network of that length, as its CIDR has it: of IPv4 the prefix has at most 32 bits. NULL where there is none.
CREATE OR REPLACE MACRO athena.host_bits(key, size) AS
  CASE WHEN size < 0 THEN NULL
       WHEN key >= 281470681743360 AND key <= 281474976710655 THEN CASE WHEN size <= 32 THEN CAST(32 - size AS UHUGEINT) END
       WHEN size <= 128 THEN CAST(128 - size AS UHUGEINT) END;

-- Trino and Athena, where b is CAST(key AS varbinary) and n the bits of the prefix, counted from the front of all sixteen bytes
-- (96 + size for IPv4), under the same CASE:
--   CAST(rpad(concat(substr(b, 1, n / 8), from_hex(if(n % 8 = 0, '', lpad(to_base(bitwise_and(
--     from_base(to_hex(substr(b, n / 8 + 1, 1)), 16), 256 - bitwise_left_shift(1, 8 - n % 8)), 16), 2, '0')))), 16, X'00') AS ipaddress)
CREATE OR REPLACE MACRO address_prefix(key, size) AS
  CASE WHEN athena.host_bits(key, size) = 128 THEN CAST(0 AS UHUGEINT)
       ELSE (key >> athena.host_bits(key, size)) << athena.host_bits(key, size) END;

CREATE OR REPLACE MACRO athena.address_bytes(key) AS unhex(lpad(hex(key), 32, '0'));

CREATE OR REPLACE MACRO athena.bytes_address(bytes) AS
  CASE octet_length(bytes) WHEN 4 THEN CAST(CAST('0x' || hex(bytes) AS UBIGINT) + 281470681743360 AS UHUGEINT)
       WHEN 16 THEN athena.v6_number(hex(bytes))
       ELSE CASE WHEN bytes IS NOT NULL THEN CAST('Invalid InetAddress binary length' AS UHUGEINT) END END;

-- First and last key of a network in CIDR form. Trino takes bits behind the prefix in IPv6, and not in IPv4.
CREATE OR REPLACE MACRO athena.network_sized(network, base, free) AS
  CASE WHEN free < 0 OR base IS NULL THEN CAST('Invalid CIDR: ' || network AS UHUGEINT)
       WHEN NOT contains(network, ':') AND base % CAST(pow(2, free) AS UHUGEINT) <> 0 THEN CAST('Invalid CIDR, bits are set behind the prefix: ' || network AS UHUGEINT)
       ELSE CASE WHEN free = 128 THEN CAST(0 AS UHUGEINT) ELSE base - base % (CAST(1 AS UHUGEINT) << CAST(free AS UHUGEINT)) END END;

CREATE OR REPLACE MACRO athena.network(network) AS
  CASE WHEN network IS NOT NULL THEN list_transform([struct_pack(
    text := network,
    base := address_key(split_part(network, '/', 1)),
    free := CASE WHEN regexp_full_match(network, '[^/]+/[0-9]{1,3}') THEN
      CASE WHEN contains(network, ':') THEN 128 ELSE 32 END - CAST(split_part(network, '/', 2) AS INTEGER) ELSE -1 END)],
    lambda n: list_transform([athena.network_sized(n.text, n.base, n.free)], lambda first: struct_pack(
      first := first,
      last := CASE WHEN n.free = 128 THEN CAST('340282366920938463463374607431768211455' AS UHUGEINT)
        ELSE first + ((CAST(1 AS UHUGEINT) << CAST(n.free AS UHUGEINT)) - 1) END))[1])[1] END;

CREATE OR REPLACE MACRO athena.in_network(key, network) AS
  key >= struct_extract(network, 'first') AND key <= struct_extract(network, 'last');

-- Texts

-- White space as Java sees it.
CREATE OR REPLACE MACRO athena.blanks() AS
  chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || chr(32) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197) || chr(8198) || chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8287) || chr(12288);

-- Trino leaves ß as it is.
CREATE OR REPLACE MACRO athena.upper(t) AS
  CASE WHEN contains(t, 'ß') THEN array_to_string(list_transform(string_split(t, 'ß'), lambda part: upper(part)), 'ß') ELSE upper(t) END;

CREATE OR REPLACE MACRO athena.replace(t, search, replacement) AS
  CASE WHEN search = '' THEN array_to_string(list_concat([''], string_split(t, ''), ['']), replacement) ELSE replace(t, search, replacement) END;

CREATE OR REPLACE MACRO athena.url_decode(t) AS
  CASE WHEN regexp_matches(t, '%([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)') THEN CAST(CAST('Incomplete % escape in a URL' AS TINYINT) AS VARCHAR)
  ELSE url_decode(replace(t, '+', ' ')) END;

CREATE OR REPLACE MACRO athena.substr_from(t, start) AS
  CASE WHEN start > 0 THEN substring(t, start)
       WHEN start < 0 AND -start <= length(t) THEN substring(t, length(t) + start + 1)
       WHEN t IS NOT NULL AND start IS NOT NULL THEN '' END;

CREATE OR REPLACE MACRO athena.substr_for(t, start, size) AS
  CASE WHEN t IS NULL OR start IS NULL OR size IS NULL THEN NULL
       WHEN size <= 0 THEN ''
       WHEN start > 0 THEN substring(t, start, size)
       WHEN start < 0 AND -start <= length(t) THEN substring(t, length(t) + start + 1, size)
       ELSE '' END;

CREATE OR REPLACE MACRO athena.split_part(t, delimiter, place) AS
  CASE WHEN place < 1 THEN CAST(CAST('Index must be greater than zero' AS TINYINT) AS VARCHAR)
  ELSE list_extract(string_split(t, delimiter), place) END;

CREATE OR REPLACE MACRO athena.split_limit(t, delimiter, most) AS
  CASE WHEN len(string_split(t, delimiter)) <= most THEN string_split(t, delimiter)
  ELSE list_append(string_split(t, delimiter)[1:most - 1], array_to_string(string_split(t, delimiter)[most:], delimiter)) END;

CREATE OR REPLACE MACRO athena.split_to_map(t, entries, pair) AS
  CASE WHEN t = '' THEN MAP([]::VARCHAR[], []::VARCHAR[]) ELSE
  map(
    list_transform(string_split(t, entries), lambda entry: split_part(entry, pair, 1)),
    list_transform(string_split(t, entries), lambda entry:
      CASE WHEN len(string_split(entry, pair)) <> 2 THEN CAST(CAST('Key-value delimiter must appear exactly once in each entry' AS TINYINT) AS VARCHAR)
      ELSE split_part(entry, pair, 2) END)
  ) END;

CREATE OR REPLACE MACRO athena.strpos_all(t, wanted) AS
  list_filter(range(1, length(t) + 1), lambda place: substring(t, place, length(wanted)) = wanted);

-- The nth place of a text in another, from the end where n is negative.
CREATE OR REPLACE MACRO athena.strpos(t, wanted, n) AS
  CASE WHEN n = 0 THEN CAST('strpos needs an instance other than 0' AS BIGINT)
       WHEN t IS NOT NULL AND wanted IS NOT NULL AND n IS NOT NULL THEN
         CASE WHEN wanted = '' THEN 1 ELSE coalesce(list_extract(athena.strpos_all(t, wanted), n), 0) END END;

CREATE OR REPLACE MACRO athena.regexp_position(t, pattern, start) AS
  CASE WHEN start < 1 THEN CAST('start position cannot be smaller than 1' AS INTEGER)
       WHEN regexp_matches(substring(t, start), pattern)
       THEN CAST(start + length(regexp_extract(substring(t, start), '(?s:^(.*?))(?:' || pattern || ')', 1)) AS INTEGER)
       WHEN t IS NOT NULL AND pattern IS NOT NULL AND start IS NOT NULL THEN -1 END;

CREATE OR REPLACE MACRO athena.url_encode(t) AS
  replace(replace(replace(url_encode(t), '%20', '+'), '%2A', '*'), '~', '%7E');

-- The parts of a URL by place: scheme, host, port, path, query, fragment; none of what Java does not take for a URI.
CREATE OR REPLACE MACRO athena.url_part(url, place) AS
  CASE WHEN NOT regexp_matches(url, '[\x00-\x20"<>\\^`{|}]|%([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)')
  THEN regexp_extract(url, '^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::([0-9]*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$', place) END;

CREATE OR REPLACE MACRO athena.url_host(url) AS athena.url_part(url, 2);
CREATE OR REPLACE MACRO athena.url_path(url) AS
  CASE WHEN regexp_matches(url, '^[A-Za-z][A-Za-z0-9+.-]*:[^/]') THEN athena.url_part(url, 0)[1:0] ELSE url_decode(athena.url_part(url, 4)) END;
CREATE OR REPLACE MACRO athena.url_fragment(url) AS url_decode(athena.url_part(url, 6));
CREATE OR REPLACE MACRO athena.url_parameter(url, name) AS
  list_transform(list_filter(string_split(athena.url_part(url, 5), '&'), lambda pair: split_part(pair, '=', 1) = name),
    lambda pair: athena.url_decode(substring(pair, length(name) + 2)))[1];
CREATE OR REPLACE MACRO athena.url_port(url) AS TRY_CAST(athena.url_part(url, 3) AS BIGINT);
CREATE OR REPLACE MACRO athena.url_protocol(url) AS athena.url_part(url, 1);
CREATE OR REPLACE MACRO athena.url_query(url) AS url_decode(athena.url_part(url, 5));

CREATE OR REPLACE MACRO athena.lpad(t, size, filling) AS
  CASE WHEN size < 0 OR filling = '' THEN CAST(CAST('Target length and padding must be positive' AS TINYINT) AS VARCHAR) ELSE lpad(t, CAST(size AS INTEGER), filling) END;
CREATE OR REPLACE MACRO athena.rpad(t, size, filling) AS
  CASE WHEN size < 0 OR filling = '' THEN CAST(CAST('Target length and padding must be positive' AS TINYINT) AS VARCHAR) ELSE rpad(t, CAST(size AS INTEGER), filling) END;
CREATE OR REPLACE MACRO athena.codepoint(t) AS
  CASE WHEN length(t) <> 1 THEN CAST('Input string must be a single character string' AS INTEGER) ELSE unicode(t) END;

-- Numbers as text, text as numbers

-- A double in Java's computerised scientific form: 1.25E2, 1.0E-7, 0E0.
CREATE OR REPLACE MACRO athena.scientific(digits, exponent, minus) AS
  minus || left(digits, 1) || '.' || CASE WHEN length(digits) > 1 THEN substring(digits, 2) ELSE '0' END || 'E' || exponent;

CREATE OR REPLACE MACRO athena.number_text(t) AS
  list_transform([struct_pack(
    whole := strpos(split_part(ltrim(t, '-'), 'e', 1) || '.', '.'),
    digits := replace(split_part(ltrim(t, '-'), 'e', 1), '.', ''),
    exponent := coalesce(TRY_CAST(split_part(t, 'e', 2) AS INTEGER), 0),
    minus := CASE WHEN starts_with(t, '-') THEN '-' ELSE '' END)], lambda n:
    athena.scientific(trim(n.digits, '0'), n.whole - 2 - (length(n.digits) - length(ltrim(n.digits, '0'))) + n.exponent, n.minus))[1];

CREATE OR REPLACE MACRO athena.double_text(x) AS
  CASE WHEN isnan(x) THEN 'NaN'
       WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
       WHEN x = 0 THEN CASE WHEN starts_with(CAST(x AS VARCHAR), '-') THEN '-0E0' ELSE '0E0' END
       ELSE athena.number_text(CAST(x AS VARCHAR)) END;

-- A double as Java's format writes it: plainly from 0.001 to 10 000 000.
CREATE OR REPLACE MACRO athena.java_text(x) AS
  CASE WHEN abs(x) >= 0.001 AND abs(x) < 10000000 OR x = 0 THEN CAST(x AS VARCHAR) ELSE athena.double_text(x) END;

CREATE OR REPLACE MACRO athena.grouped(digits) AS
  format('{:,}', CAST(split_part(digits, '.', 1) AS BIGINT)) || CASE WHEN contains(digits, '.') THEN '.' || split_part(digits, '.', 2) ELSE '' END;

-- Trino keeps seven digits of a real.
CREATE OR REPLACE MACRO athena.real_text(x) AS
  CASE WHEN isnan(x) THEN 'NaN'
       WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
       WHEN x = 0 THEN '0E0'
       ELSE athena.number_text(printf('%.6e', CAST(x AS DOUBLE))) END;

-- What Trino reads as a double, else NULL.
CREATE OR REPLACE MACRO athena.text_double(t) AS
  CASE WHEN regexp_full_match(trim(t, athena.blanks()), '[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?)')
  THEN TRY_CAST(rtrim(trim(t, athena.blanks()), 'dDfF') AS DOUBLE) END;

-- A number with an exponent as plain digits: DuckDB's cast from text to decimal rounds exponents wrongly.
CREATE OR REPLACE MACRO athena.plain(t) AS
  CASE WHEN regexp_matches(t, '[eE]') THEN format('{:.30f}', TRY_CAST(t AS DOUBLE)) ELSE t END;

-- What Trino reads as a decimal, as plain digits, else NULL.
CREATE OR REPLACE MACRO athena.text_decimal(t) AS
  CASE WHEN regexp_full_match(t, '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?') THEN athena.plain(t) END;

-- The shortest decimal that is the double, as plain digits: 2.345e0 is rounded as 2.345, not as 2.34499….
CREATE OR REPLACE MACRO athena.double_decimal(x) AS athena.plain(CAST(x AS VARCHAR));

CREATE OR REPLACE MACRO athena.fixed(digits, minus) AS
  CASE WHEN minus AND NOT starts_with(digits, '-') THEN '-' ELSE '' END || digits;

CREATE OR REPLACE MACRO athena.double_real(x) AS
  CASE WHEN abs(x) > 3.4028235677973366e38 AND NOT isnan(x) THEN CASE WHEN x > 0 THEN CAST('Infinity' AS FLOAT) ELSE CAST('-Infinity' AS FLOAT) END
  ELSE CAST(x AS FLOAT) END;

-- Digits without the point; DuckDB always prints as many after it as the type has.
CREATE OR REPLACE MACRO athena.unscaled(x) AS CAST(replace(CAST(x AS VARCHAR), '.', '') AS HUGEINT);

CREATE OR REPLACE MACRO athena.ten(power) AS CAST('1' || repeat('0', power) AS HUGEINT);

CREATE OR REPLACE MACRO athena.half_up(a, b) AS
  (a // b) + CASE WHEN abs(a % b) * 2 >= abs(b) THEN CASE WHEN (a < 0) = (b < 0) THEN 1 ELSE -1 END ELSE 0 END;

-- The digits of a decimal with the point put where the scale says.
CREATE OR REPLACE MACRO athena.scaled(digits, scale) AS
  list_transform([digits], lambda n:
    list_transform([CAST(abs(n) AS VARCHAR)], lambda t:
      list_transform([lpad(t, CAST(greatest(length(t), scale + 1) AS INTEGER), '0')], lambda p:
        CASE WHEN n < 0 THEN '-' ELSE '' END || left(p, length(p) - scale) || '.' || right(p, scale))[1])[1])[1];

CREATE OR REPLACE MACRO athena.decimal_quotient(a, b, shift, scale) AS
  athena.scaled(athena.half_up(athena.unscaled(a) * athena.ten(shift), athena.unscaled(b)), scale);

CREATE OR REPLACE MACRO athena.decimal_remainder(a, b, shift_a, shift_b, scale) AS
  athena.scaled((athena.unscaled(a) * athena.ten(shift_a)) % (athena.unscaled(b) * athena.ten(shift_b)), scale);

CREATE OR REPLACE MACRO athena.decimal_truncated(x, scale, places) AS
  athena.scaled(athena.unscaled(x) // athena.ten(scale - places) * athena.ten(scale - places), scale);

CREATE OR REPLACE MACRO athena.decimal_average(total, count, scale) AS
  athena.scaled(athena.half_up(athena.unscaled(total), CAST(count AS HUGEINT)), scale);

-- Numbers

CREATE OR REPLACE MACRO athena.sqrt(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt(x) END;
CREATE OR REPLACE MACRO athena.ln(x) AS
  CASE WHEN x > 0 THEN ln(x) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN x < 0 THEN CAST('NaN' AS DOUBLE) END;
CREATE OR REPLACE MACRO athena.log10(x) AS
  CASE WHEN x > 0 THEN log10(x) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN x < 0 THEN CAST('NaN' AS DOUBLE) END;
CREATE OR REPLACE MACRO athena.log2(x) AS
  CASE WHEN x > 0 THEN log2(x) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN x < 0 THEN CAST('NaN' AS DOUBLE) END;
CREATE OR REPLACE MACRO athena.sign(x) AS CASE WHEN isnan(x) THEN x ELSE CAST(sign(x) AS DOUBLE) END;

CREATE OR REPLACE MACRO athena.bit_count(x, bits) AS
  CASE WHEN bits < 2 OR bits > 64 THEN CAST('Bits must be between 2 and 64' AS BIGINT)
       WHEN bits < 64 AND (x < -(CAST(1 AS HUGEINT) << (bits - 1)) OR x >= (CAST(1 AS HUGEINT) << (bits - 1))) THEN CAST('Number must be representable with the bits' AS BIGINT)
       WHEN x < 0 THEN bits - CAST(bit_count(~x) AS BIGINT)
       ELSE CAST(bit_count(x) AS BIGINT) END;

-- Shifts wrap around as in Java.
CREATE OR REPLACE MACRO athena.wrap_64(x) AS
  CAST(CASE WHEN x >= 9223372036854775808 THEN x - 18446744073709551616 ELSE x END AS BIGINT);
CREATE OR REPLACE MACRO athena.wrap_32(x) AS
  CAST(CASE WHEN x >= 2147483648 THEN x - 4294967296 ELSE x END AS INTEGER);
CREATE OR REPLACE MACRO athena.unsigned_64(x) AS CASE WHEN x < 0 THEN CAST(x AS HUGEINT) + 18446744073709551616 ELSE CAST(x AS HUGEINT) END;
CREATE OR REPLACE MACRO athena.unsigned_32(x) AS CASE WHEN x < 0 THEN CAST(x AS HUGEINT) + 4294967296 ELSE CAST(x AS HUGEINT) END;
CREATE OR REPLACE MACRO athena.two(power) AS CAST(pow(2, power) AS HUGEINT);
CREATE OR REPLACE MACRO athena.shift_left_64(x, bits) AS
  CASE WHEN bits >= 64 THEN 0 ELSE athena.wrap_64((athena.unsigned_64(x) % athena.two(64 - bits)) * athena.two(bits)) END;
CREATE OR REPLACE MACRO athena.shift_left_32(x, bits) AS
  CASE WHEN bits >= 32 THEN 0 ELSE athena.wrap_32((athena.unsigned_32(x) % athena.two(32 - bits)) * athena.two(bits)) END;
CREATE OR REPLACE MACRO athena.shift_right_64(x, bits) AS
  CASE WHEN bits >= 64 THEN 0 ELSE athena.wrap_64(athena.unsigned_64(x) // athena.two(bits)) END;
CREATE OR REPLACE MACRO athena.shift_right_32(x, bits) AS
  CASE WHEN bits >= 32 THEN 0 ELSE athena.wrap_32(athena.unsigned_32(x) // athena.two(bits)) END;
CREATE OR REPLACE MACRO athena.shift_arithmetic(x, bits) AS
  CASE WHEN bits >= 64 THEN CASE WHEN x < 0 THEN -1 ELSE 0 END
       WHEN x < 0 THEN CAST(-((-CAST(x AS HUGEINT) - 1) // athena.two(bits)) - 1 AS BIGINT)
       ELSE CAST(x // athena.two(bits) AS BIGINT) END;

CREATE OR REPLACE MACRO athena.digit(letter) AS strpos('0123456789abcdefghijklmnopqrstuvwxyz', lower(letter)) - 1;

CREATE OR REPLACE MACRO athena.from_base(t, radix) AS
  CASE WHEN NOT regexp_full_match(t, '(?i)-?[0-9a-z]+')
         OR list_max(list_transform(string_split(ltrim(t, '-'), ''), lambda letter: athena.digit(letter))) >= radix
       THEN CAST('Not a valid number of the base: ' || t AS BIGINT)
  ELSE CAST(CASE WHEN starts_with(t, '-') THEN -1 ELSE 1 END
    * list_reduce(list_transform(string_split(ltrim(t, '-'), ''), lambda letter: CAST(athena.digit(letter) AS HUGEINT)), lambda total, digit: total * radix + digit)
  AS BIGINT) END;

CREATE OR REPLACE MACRO athena.to_base(x, radix) AS
  CASE WHEN x < 0 THEN '-' ELSE '' END || lower(to_base(CASE WHEN x < 0 THEN -x ELSE x END, CAST(radix AS INTEGER)));

CREATE OR REPLACE MACRO athena.width_bucket(x, low, high, buckets) AS
  CASE WHEN buckets <= 0 OR low = high THEN CAST('bucketCount and bounds must leave a width' AS BIGINT)
       WHEN low < high THEN CASE WHEN x < low THEN 0 WHEN x >= high THEN buckets + 1
         ELSE CAST(floor((x - low) / (high - low) * buckets) AS BIGINT) + 1 END
       ELSE CASE WHEN x > low THEN 0 WHEN x <= high THEN buckets + 1
         ELSE CAST(floor((low - x) / (low - high) * buckets) AS BIGINT) + 1 END END;

-- Times

-- What Trino reads as a date or a timestamp, else NULL.
CREATE OR REPLACE MACRO athena.text_date(t) AS
  CASE WHEN regexp_full_match(trim(t, athena.blanks()), '[+-]?[0-9]+-[0-9]{1,2}-[0-9]{1,2}') THEN TRY_CAST(ltrim(trim(t, athena.blanks()), '+') AS DATE) END;

CREATE OR REPLACE MACRO athena.text_timestamp(t) AS
  CASE WHEN regexp_full_match(trim(t), '[+-]?[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\.[0-9]{1,6})?)?)?')
    AND NOT regexp_matches(t, ':60(\.|$)')
    THEN TRY_CAST(ltrim(CASE WHEN regexp_full_match(trim(t), '[^:]*:[^:]*') THEN trim(t) || ':00' ELSE trim(t) END, '+') AS TIMESTAMP) END;

CREATE OR REPLACE MACRO athena.iso_date(t) AS
  CASE WHEN t IS NULL OR regexp_full_match(t, '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}') THEN CAST(t AS DATE)
       WHEN regexp_full_match(t, '[0-9]{4}-W[0-9]{1,2}-[1-7]') THEN CAST(strptime(t, '%G-W%V-%u') AS DATE)
       WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{3}') THEN CAST(strptime(t, '%Y-%j') AS DATE)
       WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{1,2}') THEN CAST(t || '-01' AS DATE)
       WHEN regexp_full_match(t, '[0-9]{4}') THEN CAST(t || '-01-01' AS DATE)
       ELSE CAST('Invalid format: ' || t AS DATE) END;

-- The instant at which a clock in a zone shows a time. When it shows it twice, Trino takes the first west of UTC and the second east of it.
CREATE OR REPLACE MACRO athena.instant(clock, zone) AS
  list_transform([struct_pack(clock := clock, later := timezone('UTC', timezone(zone, clock)))], lambda t:
    CASE WHEN t.clock < t.later AND timezone(zone, timezone('UTC', t.later - to_minutes(60))) = t.clock THEN t.later - to_minutes(60)
         ELSE t.later END)[1];

-- Two-digit years are those from 1970 to 2069.
CREATE OR REPLACE MACRO athena.pivoted(t) AS CASE WHEN year(t) = 1969 THEN t + to_years(100) ELSE t END;

CREATE OR REPLACE MACRO athena.iso_timestamp(t) AS
  CASE WHEN t IS NULL OR regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?(Z|[+-]00:?00)?') THEN
    CAST(regexp_replace(replace(regexp_replace(t, '(Z|[+-]00:?00)$', ''), 'T', ' '), '^([^:]*:[^:]*)$', '\1:00') AS TIMESTAMP)
  ELSE CAST('Not a time in ISO 8601 and UTC: ' || t AS TIMESTAMP) END;

CREATE OR REPLACE MACRO athena.offset_text(minutes, colon) AS
  CASE WHEN minutes < 0 THEN '-' ELSE '+' END || lpad(CAST(abs(minutes) // 60 AS VARCHAR), 2, '0') || colon || lpad(CAST(abs(minutes) % 60 AS VARCHAR), 2, '0');

CREATE OR REPLACE MACRO athena.some(count, unit) AS
  CASE WHEN count = 1 THEN [count || ' ' || unit] WHEN count > 1 THEN [count || ' ' || unit || 's'] ELSE [] END;

CREATE OR REPLACE MACRO athena.whole_seconds_text(s) AS
  CASE WHEN s = 0 THEN '0 seconds' ELSE
  array_to_string(flatten([
    athena.some(s // 604800, 'week'), athena.some(s % 604800 // 86400, 'day'), athena.some(s % 86400 // 3600, 'hour'),
    athena.some(s % 3600 // 60, 'minute'), athena.some(s % 60, 'second')]), ', ') END;

CREATE OR REPLACE MACRO athena.human_readable_seconds(x) AS athena.whole_seconds_text(abs(CAST(round(x) AS BIGINT)));

-- Arrays and maps

CREATE OR REPLACE MACRO athena.element_at(items, place) AS
  CASE WHEN place = 0 THEN list_extract(items, CAST('SQL array indices start at 1' AS BIGINT)) ELSE list_extract(items, place) END;

CREATE OR REPLACE MACRO athena.has_null(items) AS len(list_filter(items, lambda element: element IS NULL)) > 0;

CREATE OR REPLACE MACRO athena.contains(items, wanted) AS
  CASE WHEN items IS NULL OR wanted IS NULL THEN NULL
       WHEN list_contains(items, wanted) THEN TRUE
       WHEN athena.has_null(items) THEN NULL
       ELSE FALSE END;

CREATE OR REPLACE MACRO athena.any_match(items) AS
  CASE WHEN items IS NULL THEN NULL WHEN list_contains(items, TRUE) THEN TRUE WHEN athena.has_null(items) THEN NULL ELSE FALSE END;
CREATE OR REPLACE MACRO athena.all_match(items) AS
  CASE WHEN items IS NULL THEN NULL WHEN list_contains(items, FALSE) THEN FALSE WHEN athena.has_null(items) THEN NULL ELSE TRUE END;

CREATE OR REPLACE MACRO athena.array_distinct(items) AS
  list_filter(items, lambda element, place: list_position(items, element) = place);
CREATE OR REPLACE MACRO athena.array_union(a, b) AS
  CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN athena.array_distinct(list_concat(a, b)) END;
CREATE OR REPLACE MACRO athena.array_intersect(a, b) AS
  CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN athena.array_distinct(list_filter(a, lambda element: list_position(b, element) IS NOT NULL)) END;
CREATE OR REPLACE MACRO athena.array_except(a, b) AS
  CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN athena.array_distinct(list_filter(a, lambda element: list_position(b, element) IS NULL)) END;
CREATE OR REPLACE MACRO athena.array_remove(items, unwanted) AS
  CASE WHEN unwanted IS NOT NULL THEN list_filter(items, lambda element: element IS NULL OR element <> unwanted) END;
CREATE OR REPLACE MACRO athena.arrays_overlap(a, b) AS
  CASE WHEN a IS NULL OR b IS NULL THEN NULL
       WHEN len(list_filter(a, lambda element: element IS NOT NULL AND list_contains(b, element))) > 0 THEN TRUE
       WHEN len(a) > 0 AND len(b) > 0 AND (athena.has_null(a) OR athena.has_null(b)) THEN NULL
       ELSE FALSE END;

CREATE OR REPLACE MACRO athena.slice(items, start, size) AS
  CASE WHEN start = 0 OR size < 0 THEN list_slice(items, CAST('SQL array indices start at 1 and lengths at 0' AS BIGINT), 1)
       WHEN start > 0 THEN list_slice(items, start, start + size - 1)
       WHEN -start > len(items) THEN list_slice(items, 1, 0)
       ELSE list_slice(items, len(items) + start + 1, len(items) + start + size) END;

CREATE OR REPLACE MACRO athena.sequence(first, last) AS
  generate_series(first, last, CASE WHEN last < first THEN -1 ELSE 1 END);
CREATE OR REPLACE MACRO athena.sequence_by(first, last, step) AS
  generate_series(first, last, CASE WHEN step = 0 OR (step > 0 AND last < first) OR (step < 0 AND last > first)
    THEN CAST('sequence stop value should be greater than or equal to start value if step is greater than zero' AS BIGINT) ELSE step END);
CREATE OR REPLACE MACRO athena.sequence_dates(first, last) AS
  CAST(generate_series(CAST(first AS TIMESTAMP), CAST(last AS TIMESTAMP), CASE WHEN last < first THEN to_days(-1) ELSE to_days(1) END) AS DATE[]);
CREATE OR REPLACE MACRO athena.sequence_dates_by(first, last, step) AS
  CAST(generate_series(CAST(first AS TIMESTAMP), CAST(last AS TIMESTAMP), step) AS DATE[]);

-- Months are counted from the first, so that the ends of months stay ends.
CREATE OR REPLACE MACRO athena.sequence_months(first, last, step) AS
  list_filter(
    list_transform(range(0, CASE WHEN epoch_us(step) <= 0 OR last < first THEN CAST('sequence step must lead to the stop' AS BIGINT)
        ELSE date_sub('month', first, last) // (date_part('year', step) * 12 + date_part('month', step)) + 2 END),
      lambda place: CAST(first + to_months(CAST(place * (date_part('year', step) * 12 + date_part('month', step)) AS INTEGER)) AS DATE)),
    lambda day: day <= last);

CREATE OR REPLACE MACRO athena.trim_array(items, count) AS
  CASE WHEN count < 0 OR count > len(items) THEN list_slice(items, CAST('size must not exceed array cardinality' AS BIGINT), 1)
  ELSE list_slice(items, 1, len(items) - count) END;

CREATE OR REPLACE MACRO athena.counted_map(counts) AS
  map(map_keys(counts), list_transform(map_values(counts), lambda times: CAST(times AS BIGINT)));

CREATE OR REPLACE MACRO athena.zipped_map(pairs) AS
  CASE WHEN pairs IS NOT NULL THEN map(list_transform(pairs, lambda pair: pair[1]), list_transform(pairs, lambda pair: pair[2])) END;

CREATE OR REPLACE MACRO athena.array_join(texts, joint) AS
  CASE WHEN texts IS NOT NULL AND joint IS NOT NULL THEN coalesce(array_to_string(texts, joint), '') END;

CREATE OR REPLACE MACRO athena.counted(count) AS
  CASE WHEN count < 0 THEN CAST('count must not be negative' AS BIGINT) ELSE count END;

CREATE OR REPLACE MACRO athena.percentile(p) AS
  CASE WHEN p >= 0 AND p <= 1 THEN least(1, p + 1e-9) ELSE CAST('Percentile must be between 0 and 1' AS DOUBLE) END;

CREATE OR REPLACE MACRO athena.no_nan(x) AS CASE WHEN NOT isnan(x) THEN x END;

CREATE OR REPLACE MACRO athena.first_map(pairs) AS
  map_from_entries(list_filter(
    list_filter(pairs, lambda pair: pair.k IS NOT NULL),
    lambda pair, place: list_position(list_transform(list_filter(pairs, lambda other: other.k IS NOT NULL), lambda other: other.k), pair.k) = place));

CREATE OR REPLACE MACRO athena.many_map(pairs) AS
  map(
    athena.array_distinct(list_transform(list_filter(pairs, lambda pair: pair.k IS NOT NULL), lambda pair: pair.k)),
    list_transform(
      athena.array_distinct(list_transform(list_filter(pairs, lambda pair: pair.k IS NOT NULL), lambda pair: pair.k)),
      lambda key: list_transform(list_filter(pairs, lambda pair: pair.k = key), lambda pair: pair.v)));
