-- name: date-diff-hour-counts-whole-hours
SELECT date_diff('hour', timestamp '2026-01-15 00:59:00', timestamp '2026-01-15 01:00:00'), date_diff('hour', timestamp '2026-01-15 00:00:00', timestamp '2026-01-15 01:00:00'), date_diff('hour', timestamp '2026-01-15 00:59:59.999', timestamp '2026-01-15 01:59:59.998');
-- name: date-diff-day-of-timestamps
SELECT date_diff('day', timestamp '2026-01-15 23:59:59', timestamp '2026-01-16 00:00:01'), date_diff('day', timestamp '2026-01-15 12:00:00', timestamp '2026-01-17 11:59:59');
-- name: date-diff-day-of-dates
SELECT date_diff('day', date '2026-01-15', date '2026-02-01'), date_diff('day', date '2026-02-01', date '2026-01-15');
-- name: date-diff-second-minute-millisecond
SELECT date_diff('second', timestamp '2026-01-15 00:00:00.900', timestamp '2026-01-15 00:00:01.100'), date_diff('minute', timestamp '2026-01-15 00:00:59', timestamp '2026-01-15 00:01:00'), date_diff('millisecond', timestamp '2026-01-15 00:00:00.001', timestamp '2026-01-15 00:00:01.000');
-- name: date-diff-month-year
SELECT date_diff('month', date '2026-01-31', date '2026-02-28'), date_diff('month', date '2026-01-15', date '2026-03-14'), date_diff('year', date '2024-02-29', date '2025-02-28'), date_diff('year', date '2020-06-01', date '2026-05-31');
-- name: date-diff-week-quarter
SELECT date_diff('week', date '2026-01-04', date '2026-01-05'), date_diff('week', date '2026-01-04', date '2026-01-18'), date_diff('quarter', date '2025-12-31', date '2026-01-01'), date_diff('quarter', date '2026-01-01', date '2026-07-01');
-- name: date-diff-negative
SELECT date_diff('hour', timestamp '2026-01-15 01:00:00', timestamp '2026-01-15 00:01:00'), date_diff('minute', timestamp '2026-01-15 00:01:30', timestamp '2026-01-15 00:00:00');
-- name: date-diff-mixed-types
SELECT date_diff('hour', date '2026-01-15', timestamp '2026-01-15 05:30:00'), date_diff('minute', from_unixtime(0), from_unixtime(150));
-- name: date-diff-columns
SELECT id, date_diff('second', ts, timestamp '2026-01-15 01:00:00') AS s, date_diff('day', d, date '2026-01-15') AS n FROM moments ORDER BY id;
-- name: date-diff-upper-case-unit
SELECT date_diff('HOUR', timestamp '2026-01-15 00:00:00', timestamp '2026-01-15 02:00:00');
-- name: date-diff-unknown-unit
SELECT date_diff('fortnight', date '2026-01-15', date '2026-02-15');
-- name: date-add-days
SELECT date_add('day', 1, date '2026-01-31'), date_add('day', -15, date '2026-01-15'), date_add('day', 1, timestamp '2026-01-31 10:00:00');
-- name: date-add-months-clip
SELECT date_add('month', 1, date '2026-01-31'), date_add('month', -1, date '2024-03-31'), date_add('year', 1, date '2024-02-29'), date_add('quarter', 1, date '2025-11-30');
-- name: date-add-to-timestamp
SELECT date_add('hour', -25, timestamp '2026-01-15 00:30:00'), date_add('minute', 90, timestamp '2026-01-15 00:30:00'), date_add('second', -1, timestamp '2026-01-01 00:00:00'), date_add('millisecond', 5, timestamp '2026-01-15 00:00:00.000');
-- name: date-add-week
SELECT date_add('week', -2, date '2026-01-15'), date_add('week', 1, timestamp '2026-01-15 01:00:00');
-- name: date-add-negative-column
SELECT id, date_add('day', -id, d) AS d FROM moments ORDER BY id;
-- name: date-add-hour-to-date
SELECT date_add('hour', 1, date '2026-01-15');
-- name: date-add-types
SELECT typeof(date_add('day', 1, date '2026-01-15')), typeof(date_add('day', 1, timestamp '2026-01-15 00:00:00')), typeof(date_add('hour', 1, from_unixtime(0)));
-- name: date-trunc-timestamp
SELECT date_trunc('hour', timestamp '2026-01-15 12:34:56.789'), date_trunc('minute', timestamp '2026-01-15 12:34:56.789'), date_trunc('second', timestamp '2026-01-15 12:34:56.789'), date_trunc('day', timestamp '2026-01-15 12:34:56.789');
-- name: date-trunc-calendar
SELECT date_trunc('week', date '2026-01-15'), date_trunc('month', date '2026-01-15'), date_trunc('quarter', date '2026-05-15'), date_trunc('year', date '2026-05-15');
-- name: date-trunc-week-on-sunday
SELECT date_trunc('week', timestamp '2026-01-18 23:00:00'), date_trunc('week', date '2026-01-19');
-- name: date-trunc-types
SELECT typeof(date_trunc('month', date '2026-01-15')), typeof(date_trunc('hour', timestamp '2026-01-15 12:34:56.789')), typeof(date_trunc('hour', from_unixtime(0)));
-- name: date-trunc-zone
SELECT date_trunc('day', timestamp '2026-01-15 00:30:00 Asia/Kolkata'), date_trunc('hour', from_unixtime(1768481999));
-- name: date-format-date
SELECT date_format(timestamp '2026-01-05 03:04:05.678', '%Y-%m-%d %H:%i:%s'), date_format(timestamp '2026-01-05 03:04:05.678', '%y/%c/%e %k.%l'), date_format(date '2026-01-05', '%Y%m%d');
-- name: date-format-names
SELECT date_format(timestamp '2026-01-05 15:04:05', '%W %a %M %b'), date_format(timestamp '2026-01-05 15:04:05', '%h:%i %p'), date_format(timestamp '2026-01-05 15:04:05', '%r'), date_format(timestamp '2026-01-05 15:04:05', '%T');
-- name: date-format-fraction-and-day-of-year
SELECT date_format(timestamp '2026-01-05 15:04:05.678', '%f'), date_format(timestamp '2026-02-05 15:04:05', '%j'), date_format(timestamp '2026-01-05 15:04:05', '%S %I %%');
-- name: date-format-weeks
SELECT date_format(timestamp '2026-01-04 00:00:00', '%v'), date_format(timestamp '2025-12-29 00:00:00', '%x-%v');
-- name: date-format-midnight-hours
SELECT date_format(timestamp '2026-01-05 00:04:05', '%h %I %l %k %p'), date_format(timestamp '2026-01-05 12:04:05', '%h %p');
-- name: date-format-plain-letters
SELECT date_format(timestamp '2026-01-05 03:04:05', 'day %d, T%HZ');
-- name: date-format-columns
SELECT id, date_format(ts, '%Y-%m-%d %H:%i') AS t, date_format(tz, '%H') AS h FROM moments ORDER BY id;
-- name: date-format-unsupported-specifier
SELECT date_format(timestamp '2026-01-05 03:04:05', '%U');
-- name: date-parse
SELECT date_parse('2026-01-05 03:04:05', '%Y-%m-%d %H:%i:%s'), date_parse('05/01/26', '%d/%m/%y'), date_parse('2026', '%Y'), date_parse('20260105T0304', '%Y%m%dT%H%i');
-- name: date-parse-names
SELECT date_parse('5 Jan 2026 03:04 PM', '%e %b %Y %h:%i %p'), typeof(date_parse('2026', '%Y'));
-- name: date-parse-wrong
SELECT date_parse('2026-01', '%Y-%m-%d');
-- name: format-datetime
SELECT format_datetime(timestamp '2026-01-05 03:04:05.678', 'yyyy-MM-dd HH:mm:ss.SSS'), format_datetime(timestamp '2026-01-05 15:04:05', 'E, d MMM yyyy h:mm a'), format_datetime(timestamp '2026-01-05 15:04:05', 'EEEE MMMM D');
-- name: format-datetime-quotes
SELECT format_datetime(timestamp '2026-01-05 03:04:05', 'yyyy-MM-dd''T''HH:mm:ss''Z''');
-- name: format-datetime-zone
SELECT format_datetime(timestamp '2026-01-05 03:04:05 America/New_York', 'yyyy-MM-dd HH:mm Z'), format_datetime(from_unixtime(0), 'yyyy-MM-dd HH:mm ZZ');
-- name: parse-datetime
SELECT parse_datetime('2026-01-05 03:04', 'yyyy-MM-dd HH:mm');
-- name: to-iso8601-date
SELECT to_iso8601(date '2026-01-05');
-- name: to-iso8601-timestamp
SELECT to_iso8601(timestamp '2026-01-05 03:04:05'), to_iso8601(timestamp '2026-01-05 03:04:05.678'), to_iso8601(timestamp '2026-01-05 03:04:05.678901');
-- name: to-iso8601-timestamptz
SELECT id, to_iso8601(tz) AS t FROM moments ORDER BY id;
-- name: to-iso8601-from-unixtime
SELECT to_iso8601(from_unixtime(1768003200)), to_iso8601(from_unixtime(1768003200.5));
-- name: from-unixtime
SELECT from_unixtime(0), from_unixtime(1768003200), from_unixtime(-1), from_unixtime(1.5e0), from_unixtime(1.0006e0), typeof(from_unixtime(0));
-- name: from-unixtime-zone
SELECT from_unixtime(0, 'America/New_York'), from_unixtime(1768003200, 'Europe/Berlin');
-- name: from-unixtime-offset
SELECT from_unixtime(0, 5, 30);
-- name: from-unixtime-as-text
SELECT CAST(from_unixtime(1768003200) AS varchar), CAST(from_unixtime(1768003200) AS date);
-- name: to-unixtime
SELECT to_unixtime(timestamp '2026-01-10 00:00:00.500'), to_unixtime(from_unixtime(1768003200)), typeof(to_unixtime(from_unixtime(0)));
-- name: to-unixtime-of-date
SELECT to_unixtime(date '2026-01-10');
-- name: from-iso8601-timestamp
SELECT from_iso8601_timestamp('2026-01-05T03:04:05Z'), from_iso8601_timestamp('2026-01-05T03:04:05.678+01:00'), from_iso8601_timestamp('2026-01-05'), from_iso8601_timestamp('2026-W02-1');
-- name: from-iso8601-timestamp-wrong
SELECT from_iso8601_timestamp('2026-01-05 03:04:05');
-- name: from-iso8601-date
SELECT from_iso8601_date('2026-01-05'), from_iso8601_date('2026-W02-1'), from_iso8601_date('2026-005');
-- name: at-time-zone
SELECT timestamp '2026-01-05 03:04:05 UTC' AT TIME ZONE 'America/New_York', from_unixtime(0) AT TIME ZONE 'Asia/Kolkata', at_timezone(from_unixtime(0), 'Europe/Berlin');
-- name: at-time-zone-offset
SELECT timestamp '2026-01-05 03:04:05 UTC' AT TIME ZONE '+05:30', timestamp '2026-01-05 03:04:05' AT TIME ZONE 'Europe/Berlin';
-- name: with-timezone
SELECT with_timezone(timestamp '2026-07-05 03:04:05', 'Europe/Berlin'), to_unixtime(with_timezone(timestamp '2026-07-05 03:04:05', 'Europe/Berlin'));
-- name: timestamptz-compare-by-instant
SELECT timestamp '2026-01-05 03:00:00 UTC' = timestamp '2026-01-05 04:00:00 +01:00', timestamp '2026-01-05 03:00:00 UTC' > timestamp '2026-01-05 03:30:00 +01:00';
-- name: hour-in-zone
SELECT id, hour(tz) AS h, minute(tz) AS m, day(tz) AS d FROM moments ORDER BY id;
-- name: hour-of-from-unixtime
SELECT hour(from_unixtime(1768027800)), minute(from_unixtime(1768027800)), hour(from_unixtime(1768027800) AT TIME ZONE 'Asia/Kolkata');
-- name: parts-of-timestamp
SELECT year(ts), month(ts), day(ts), hour(ts), minute(ts), second(ts), millisecond(ts) FROM moments WHERE id = 3;
-- name: part-types
SELECT typeof(hour(timestamp '2026-01-05 03:04:05')), typeof(day_of_week(date '2026-01-05')), typeof(year(date '2026-01-05'));
-- name: day-of-week
SELECT day_of_week(date '2026-01-18'), dow(date '2026-01-19'), day_of_week(timestamp '2026-01-17 23:59:59'), day_of_week(from_unixtime(0));
-- name: day-of-year-and-month
SELECT day_of_year(date '2024-12-31'), doy(date '2026-03-01'), day_of_month(date '2026-03-05');
-- name: weeks
SELECT week(date '2026-01-04'), week_of_year(date '2024-12-30'), year_of_week(date '2024-12-30'), yow(date '2021-01-03'), week(date '2021-01-03');
-- name: quarter
SELECT quarter(date '2026-03-31'), quarter(timestamp '2026-04-01 00:00:00'), quarter(date '2026-12-31');
-- name: last-day-of-month
SELECT last_day_of_month(date '2024-02-01'), last_day_of_month(timestamp '2026-01-31 12:00:00'), last_day_of_month(date '2025-12-05');
-- name: extract-parts
SELECT extract(year FROM date '2026-01-05'), extract(hour FROM timestamp '2026-01-05 03:04:05'), extract(dow FROM date '2026-01-18'), extract(week FROM date '2021-01-03'), extract(doy FROM date '2026-02-01'), extract(day FROM from_unixtime(0));
-- name: extract-second
SELECT extract(second FROM timestamp '2026-01-05 03:04:05.678'), extract(day_of_week FROM date '2026-01-18'), extract(quarter FROM date '2026-01-18');
-- name: interval-arithmetic
SELECT date '2026-01-31' + interval '1' month, date '2026-01-15' - interval '7' day, timestamp '2026-01-15 00:00:00' + interval '90' minute, timestamp '2026-01-15 00:00:00' - interval '1' second;
-- name: interval-year-to-month
SELECT date '2024-02-29' + interval '1' year, timestamp '2026-01-15 00:00:00' - interval '1-2' year to month, interval '14' month;
-- name: interval-day-to-second
SELECT interval '1 02:03:04' day to second, interval '36' hour, interval '1' day - interval '1' second, 3 * interval '20' minute;
-- name: date-plus-hours
SELECT date '2026-01-15' + interval '1' hour;
-- name: timestamp-minus-timestamp
SELECT timestamp '2026-01-15 01:00:00' - timestamp '2026-01-14 00:30:00', date '2026-01-15' - date '2026-01-10', typeof(timestamp '2026-01-15 01:00:00' - timestamp '2026-01-14 00:30:00');
-- name: interval-compare
SELECT interval '60' minute = interval '1' hour, timestamp '2026-01-15 01:00:00' - timestamp '2026-01-14 00:30:00' > interval '1' day;
-- name: interval-milliseconds
SELECT to_milliseconds(interval '1' minute), to_milliseconds(timestamp '2026-01-15 01:00:00' - timestamp '2026-01-15 00:00:00.5');
-- name: human-readable-seconds
SELECT human_readable_seconds(93784), human_readable_seconds(60);
-- name: date-compared-with-timestamp
SELECT date '2026-01-15' = timestamp '2026-01-15 00:00:00', date '2026-01-15' < timestamp '2026-01-15 00:00:01';
-- name: date-compared-with-text
SELECT count(*) FROM moments WHERE d > '2025-01-01';
-- name: date-function
SELECT date(timestamp '2026-01-15 23:59:59'), date(from_unixtime(1768003199)), date('2026-01-15');
-- name: timestamp-literals
SELECT timestamp '2026-01-15', timestamp '2026-01-15 01:02', timestamp '2026-01-15 01:02:03.123456', timestamp '2026-01-15 01:02:03 Europe/Berlin';
-- name: date-arithmetic-over-years
SELECT date_diff('day', date '1969-12-31', date '2026-01-01'), date_diff('second', timestamp '1969-12-31 23:59:59.500', timestamp '1970-01-01 00:00:00'), date_trunc('hour', timestamp '1969-12-31 23:59:59.500');
-- name: parse-duration
SELECT parse_duration('42.5s'), parse_duration('1.5h');
-- name: timezone-parts
SELECT timezone_hour(timestamp '2026-01-05 00:00:00 Asia/Kolkata'), timezone_minute(timestamp '2026-01-05 00:00:00 Asia/Kolkata'), timezone(timestamp '2026-01-05 00:00:00 Asia/Kolkata');
