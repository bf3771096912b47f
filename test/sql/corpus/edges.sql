-- name: edge-substr
SELECT t, s, l, substr(t,s), substr(t,s,l) FROM (VALUES 'abc','','äöü€😀x','  a b ','banana',CAST(NULL AS varchar)) a(t), (VALUES -7,-3,-1,0,1,2,3,9) b(s), (VALUES -1,0,1,2,99) c(l) ORDER BY 1,2,3;
-- name: edge-text1
SELECT t, length(t), reverse(t), upper(t), lower(t), trim(t), ltrim(t), rtrim(t), strpos(t,'a'), replace(t,'a','xx'), lpad(t,5,'xy'), rpad(t,2,'-'), split(t,'a'), to_hex(to_utf8(t)), md5(to_utf8(t)), sha256(to_utf8(t)) FROM (VALUES 'abc','','äöü€😀x','  a b ','banana',CAST(NULL AS varchar)) a(t) ORDER BY 1;
-- name: edge-split-part
SELECT t,i, split_part(t,'.',i), element_at(split(t,'.'),i) FROM (VALUES '10.0.0.1','','a','..','.x.') a(t),(VALUES 1,2,3,4,5) b(i) ORDER BY 1,2;
-- name: edge-date-diff
SELECT a,b,date_diff('day',a,b),date_diff('week',a,b),date_diff('month',a,b),date_diff('quarter',a,b),date_diff('year',a,b) FROM (VALUES date '1978-04-15',date '2002-01-28',date '1991-03-15',date '1975-06-15',date '1960-06-04',date '1979-07-17',date '2011-12-01',date '1995-05-28',date '2024-01-31',date '2024-02-29',date '2023-02-28',date '2024-03-31',date '2024-12-31',date '2000-01-01',date '1969-12-31') x(a),(VALUES date '1960-06-04',date '1979-07-17',date '2011-12-01',date '1995-05-28',date '2024-01-31',date '2024-02-29',date '2023-02-28',date '2024-03-31',date '2024-12-31',date '2000-01-01',date '1969-12-31') y(b) ORDER BY 1,2;
-- name: edge-ts-diff
SELECT a,b,date_diff('millisecond',a,b),date_diff('second',a,b),date_diff('minute',a,b),date_diff('hour',a,b),date_diff('day',a,b),date_diff('week',a,b),date_diff('month',a,b),date_diff('quarter',a,b),date_diff('year',a,b), a-b FROM (VALUES timestamp '2027-10-15 21:23:35.888',timestamp '1992-05-21 21:52:10.245',timestamp '1984-01-04 15:48:14.552',timestamp '1980-03-17 15:55:54.245',timestamp '2008-02-24 08:18:41.110',timestamp '2019-05-08 14:28:33.931',timestamp '2024-02-29 23:59:59.999',timestamp '2023-02-28 00:00:00.000',timestamp '2024-01-31 12:00:00.000',timestamp '2024-03-31 11:59:59.999') x(a),(VALUES timestamp '2027-10-15 21:23:35.888',timestamp '1992-05-21 21:52:10.245',timestamp '1984-01-04 15:48:14.552',timestamp '1980-03-17 15:55:54.245',timestamp '2008-02-24 08:18:41.110',timestamp '2019-05-08 14:28:33.931',timestamp '2024-02-29 23:59:59.999',timestamp '2023-02-28 00:00:00.000',timestamp '2024-01-31 12:00:00.000',timestamp '2024-03-31 11:59:59.999') y(b) ORDER BY 1,2;
-- name: edge-ts-parts
SELECT a,year(a),quarter(a),month(a),week(a),day(a),day_of_week(a),day_of_year(a),year_of_week(a),hour(a),minute(a),second(a),millisecond(a),date_trunc('second',a),date_trunc('minute',a),date_trunc('hour',a),date_trunc('day',a),date_trunc('week',a),date_trunc('month',a),date_trunc('quarter',a),date_trunc('year',a), last_day_of_month(a), to_unixtime(a), to_iso8601(a), CAST(a AS date), CAST(a AS varchar), CAST(a AS timestamp(0)), date_format(a,'%a %b %c %d %e %f %H %h %I %i %j %k %l %M %m %p %r %S %s %T %v %W %x %Y %y'), format_datetime(a,'yyyy yy M MM MMM MMMM d dd D E EEEE e a H HH h hh m mm s ss SSS') FROM (VALUES timestamp '2027-10-15 21:23:35.888',timestamp '1992-05-21 21:52:10.245',timestamp '1984-01-04 15:48:14.552',timestamp '1980-03-17 15:55:54.245',timestamp '2008-02-24 08:18:41.110',timestamp '2019-05-08 14:28:33.931',timestamp '2024-02-29 23:59:59.999',timestamp '2023-02-28 00:00:00.000',timestamp '2024-01-31 12:00:00.000',timestamp '2024-03-31 11:59:59.999') x(a) ORDER BY 1;
-- name: edge-date-add
SELECT a,n,date_add('day',n,a),date_add('week',n,a),date_add('month',n,a),date_add('quarter',n,a),date_add('year',n,a) FROM (VALUES date '2026-03-15',date '2004-09-01',date '2003-01-08',date '2014-06-28',date '1978-04-15',date '2002-01-28',date '1991-03-15',date '1975-06-15',date '1960-06-04',date '1979-07-17',date '2011-12-01',date '1995-05-28',date '2024-01-31',date '2024-02-29',date '2023-02-28',date '2024-03-31',date '2024-12-31',date '2000-01-01',date '1969-12-31') x(a),(VALUES -25,-13,-1,0,1,2,11,12,14) y(n) ORDER BY 1,2;
-- name: edge-interval
SELECT a, a + interval '1' month, a - interval '1' month, a + interval '1' year, a - interval '13' month, a + interval '36' hour, a - interval '1 02:03:04.5' day to second FROM (VALUES timestamp '2027-10-15 21:23:35.888',timestamp '1992-05-21 21:52:10.245',timestamp '1984-01-04 15:48:14.552',timestamp '1980-03-17 15:55:54.245',timestamp '2008-02-24 08:18:41.110',timestamp '2019-05-08 14:28:33.931',timestamp '2024-02-29 23:59:59.999',timestamp '2023-02-28 00:00:00.000',timestamp '2024-01-31 12:00:00.000',timestamp '2024-03-31 11:59:59.999') x(a) ORDER BY 1;
-- name: edge-zone-europe-berlin
SELECT a, b, CAST(b AS varchar), hour(b), day(b), date_trunc('day',b), date_trunc('hour',b), date_add('month',1,b), date_add('day',1,b), date_add('hour',1,b), to_iso8601(b), CAST(b AS timestamp), CAST(b AS date), to_unixtime(b), format_datetime(b,'yyyy-MM-dd HH:mm Z ZZ'), b + interval '1' month, b + interval '1' day, day_of_week(b), timezone_hour(b), timezone_minute(b) FROM (SELECT a, at_timezone(from_unixtime(a),'Europe/Berlin') b FROM (VALUES 0,1711846800,1711850400,1698541200,1698544799,1698544800,-1,951782400) t(a)) ORDER BY 1;
-- name: edge-zone-america-new-york
SELECT a, b, CAST(b AS varchar), hour(b), day(b), date_trunc('day',b), date_trunc('hour',b), date_add('month',1,b), date_add('day',1,b), date_add('hour',1,b), to_iso8601(b), CAST(b AS timestamp), CAST(b AS date), to_unixtime(b), format_datetime(b,'yyyy-MM-dd HH:mm Z ZZ'), b + interval '1' month, b + interval '1' day, day_of_week(b), timezone_hour(b), timezone_minute(b) FROM (SELECT a, at_timezone(from_unixtime(a),'America/New_York') b FROM (VALUES 0,1711846800,1711850400,1698541200,1698544799,1698544800,-1,951782400) t(a)) ORDER BY 1;
-- name: edge-zone-asia-kolkata
SELECT a, b, CAST(b AS varchar), hour(b), day(b), date_trunc('day',b), date_trunc('hour',b), date_add('month',1,b), date_add('day',1,b), date_add('hour',1,b), to_iso8601(b), CAST(b AS timestamp), CAST(b AS date), to_unixtime(b), format_datetime(b,'yyyy-MM-dd HH:mm Z ZZ'), b + interval '1' month, b + interval '1' day, day_of_week(b), timezone_hour(b), timezone_minute(b) FROM (SELECT a, at_timezone(from_unixtime(a),'Asia/Kolkata') b FROM (VALUES 0,1711846800,1711850400,1698541200,1698544799,1698544800,-1,951782400) t(a)) ORDER BY 1;
-- name: edge-zone-australia-lord-howe
SELECT a, b, CAST(b AS varchar), hour(b), day(b), date_trunc('day',b), date_trunc('hour',b), date_add('month',1,b), date_add('day',1,b), date_add('hour',1,b), to_iso8601(b), CAST(b AS timestamp), CAST(b AS date), to_unixtime(b), format_datetime(b,'yyyy-MM-dd HH:mm Z ZZ'), b + interval '1' month, b + interval '1' day, day_of_week(b), timezone_hour(b), timezone_minute(b) FROM (SELECT a, at_timezone(from_unixtime(a),'Australia/Lord_Howe') b FROM (VALUES 0,1711846800,1711850400,1698541200,1698544799,1698544800,-1,951782400) t(a)) ORDER BY 1;
-- name: edge-zone-plusminus-05-30
SELECT a, b, CAST(b AS varchar), hour(b), day(b), date_trunc('day',b), date_trunc('hour',b), date_add('month',1,b), date_add('day',1,b), date_add('hour',1,b), to_iso8601(b), CAST(b AS timestamp), CAST(b AS date), to_unixtime(b), format_datetime(b,'yyyy-MM-dd HH:mm Z ZZ'), b + interval '1' month, b + interval '1' day, day_of_week(b), timezone_hour(b), timezone_minute(b) FROM (SELECT a, at_timezone(from_unixtime(a),'+05:30') b FROM (VALUES 0,1711846800,1711850400,1698541200,1698544799,1698544800,-1,951782400) t(a)) ORDER BY 1;
-- name: edge-zone-minus-03-00
SELECT a, b, CAST(b AS varchar), hour(b), day(b), date_trunc('day',b), date_trunc('hour',b), date_add('month',1,b), date_add('day',1,b), date_add('hour',1,b), to_iso8601(b), CAST(b AS timestamp), CAST(b AS date), to_unixtime(b), format_datetime(b,'yyyy-MM-dd HH:mm Z ZZ'), b + interval '1' month, b + interval '1' day, day_of_week(b), timezone_hour(b), timezone_minute(b) FROM (SELECT a, at_timezone(from_unixtime(a),'-03:00') b FROM (VALUES 0,1711846800,1711850400,1698541200,1698544799,1698544800,-1,951782400) t(a)) ORDER BY 1;
-- name: edge-zone-utc
SELECT a, b, CAST(b AS varchar), hour(b), day(b), date_trunc('day',b), date_trunc('hour',b), date_add('month',1,b), date_add('day',1,b), date_add('hour',1,b), to_iso8601(b), CAST(b AS timestamp), CAST(b AS date), to_unixtime(b), format_datetime(b,'yyyy-MM-dd HH:mm Z ZZ'), b + interval '1' month, b + interval '1' day, day_of_week(b), timezone_hour(b), timezone_minute(b) FROM (SELECT a, at_timezone(from_unixtime(a),'UTC') b FROM (VALUES 0,1711846800,1711850400,1698541200,1698544799,1698544800,-1,951782400) t(a)) ORDER BY 1;
-- name: edge-wz-europe-berlin
SELECT a, with_timezone(a,'Europe/Berlin'), to_unixtime(with_timezone(a,'Europe/Berlin')) FROM (VALUES timestamp '2024-03-31 02:30:00',timestamp '2024-10-27 02:30:00',timestamp '2024-03-10 02:30:00',timestamp '2024-11-03 01:30:00',timestamp '2024-07-01 00:00:00') t(a) ORDER BY 1;
-- name: edge-wz-america-new-york
SELECT a, with_timezone(a,'America/New_York'), to_unixtime(with_timezone(a,'America/New_York')) FROM (VALUES timestamp '2024-03-31 02:30:00',timestamp '2024-10-27 02:30:00',timestamp '2024-03-10 02:30:00',timestamp '2024-11-03 01:30:00',timestamp '2024-07-01 00:00:00') t(a) ORDER BY 1;
-- name: edge-wz-asia-kolkata
SELECT a, with_timezone(a,'Asia/Kolkata'), to_unixtime(with_timezone(a,'Asia/Kolkata')) FROM (VALUES timestamp '2024-03-31 02:30:00',timestamp '2024-10-27 02:30:00',timestamp '2024-03-10 02:30:00',timestamp '2024-11-03 01:30:00',timestamp '2024-07-01 00:00:00') t(a) ORDER BY 1;
-- name: edge-wz-australia-lord-howe
SELECT a, with_timezone(a,'Australia/Lord_Howe'), to_unixtime(with_timezone(a,'Australia/Lord_Howe')) FROM (VALUES timestamp '2024-03-31 02:30:00',timestamp '2024-10-27 02:30:00',timestamp '2024-03-10 02:30:00',timestamp '2024-11-03 01:30:00',timestamp '2024-07-01 00:00:00') t(a) ORDER BY 1;
-- name: edge-wz-plusminus-05-30
SELECT a, with_timezone(a,'+05:30'), to_unixtime(with_timezone(a,'+05:30')) FROM (VALUES timestamp '2024-03-31 02:30:00',timestamp '2024-10-27 02:30:00',timestamp '2024-03-10 02:30:00',timestamp '2024-11-03 01:30:00',timestamp '2024-07-01 00:00:00') t(a) ORDER BY 1;
-- name: edge-wz-minus-03-00
SELECT a, with_timezone(a,'-03:00'), to_unixtime(with_timezone(a,'-03:00')) FROM (VALUES timestamp '2024-03-31 02:30:00',timestamp '2024-10-27 02:30:00',timestamp '2024-03-10 02:30:00',timestamp '2024-11-03 01:30:00',timestamp '2024-07-01 00:00:00') t(a) ORDER BY 1;
-- name: edge-wz-utc
SELECT a, with_timezone(a,'UTC'), to_unixtime(with_timezone(a,'UTC')) FROM (VALUES timestamp '2024-03-31 02:30:00',timestamp '2024-10-27 02:30:00',timestamp '2024-03-10 02:30:00',timestamp '2024-11-03 01:30:00',timestamp '2024-07-01 00:00:00') t(a) ORDER BY 1;
-- name: edge-doubles
SELECT d, CAST(d AS varchar), round(d), round(d,2), round(d,1), ceil(d), floor(d), truncate(d), abs(d), sign(d), sqrt(d), cbrt(d), ln(d), log10(d), log2(d), exp(d/1e10), d % 3, CAST(d AS real), TRY_CAST(d AS bigint), TRY_CAST(d AS integer), TRY_CAST(d AS decimal(20,3)), is_nan(d), d = d, format('%s',d), format('%.2f', d) FROM (VALUES 120.75e0,8.455327153205872e+7,-89.728e0,-0.49e0,81.5e0,-6.85e0,-3.5e0,-2.8104349970817568e-11,5.32e0,-97.45e0,78.75e0,-79.25e0,-3.3972424268722534e+6,-37.711e0,-75.297e0,-7.81e0,-7.2e0,-102.625e0,-12.529e0,-93.67e0,-4.995430111885071e-10,-109.625e0,-3.73e0,0e0,1e-3,9.999999e-4,1e7,9999999.5e0,0.5e0,1.5e0,2.5e0,-0.5e0,4503599627370497.5e0,1e-300) t(d) ORDER BY 1;
-- name: edge-doubles2
SELECT d, CAST(d AS varchar), CAST(d AS real), TRY_CAST(d AS bigint), sign(d), sqrt(d), cbrt(d) FROM (VALUES 120.75e0,8.455327153205872e+7,1.078747808933258e+12,-89.728e0,-0.49e0,81.5e0,-6.85e0,-3.5e0,-2.8104349970817568e-11,5.32e0,-97.45e0,78.75e0,-79.25e0,-3.3972424268722534e+6,-37.711e0,-75.297e0,-7.81e0,-7.2e0,-102.625e0,-12.529e0,-93.67e0,-4.995430111885071e-10,-109.625e0,-3.73e0,0e0,1e-3,9.999999e-4,1e7,9999999.5e0,0.5e0,1.5e0,2.5e0,-0.5e0,4503599627370497.5e0,1e300,1e-300) t(d) ORDER BY 1;
-- name: edge-dec-decimal-10-2-decimal-8-3
SELECT a,b,a+b,a-b,a*b,a/nullif(b,0),a%nullif(b,0),a=b,a<b,greatest(a,b),round(a),ceil(a),floor(a),abs(a),sign(a),CAST(a AS double),CAST(a AS bigint),CAST(a AS varchar), -a FROM (SELECT CAST(x AS decimal(10,2)) a FROM (VALUES -3234.0,9802.70,-2829.79,-870.725,-1130.318,-6372.5,8602.5075) t(x)), (SELECT CAST(x AS decimal(8,3)) b FROM (VALUES 5127.0,9867.62,3272.917,9586.93,374.7046,349.0,-8493.8421) t(x)) ORDER BY 1,2;
-- name: edge-dec-decimal-5-0-decimal-9-4
SELECT a,b,a+b,a-b,a*b,a/nullif(b,0),a%nullif(b,0),a=b,a<b,greatest(a,b),round(a),ceil(a),floor(a),abs(a),sign(a),CAST(a AS double),CAST(a AS bigint),CAST(a AS varchar), -a FROM (SELECT CAST(x AS decimal(5,0)) a FROM (VALUES -3234.0,9802.70,-2829.79,-870.725,-1130.318,-6372.5,8602.5075) t(x)), (SELECT CAST(x AS decimal(9,4)) b FROM (VALUES 5127.0,9867.62,3272.917,9586.93,374.7046,349.0,-8493.8421) t(x)) ORDER BY 1,2;
-- name: edge-dec-decimal-12-4-integer
SELECT a,b,a+b,a-b,a*b,a/nullif(b,0),a%nullif(b,0),a=b,a<b,greatest(a,b),round(a),ceil(a),floor(a),abs(a),sign(a),CAST(a AS double),CAST(a AS bigint),CAST(a AS varchar), -a FROM (SELECT CAST(x AS decimal(12,4)) a FROM (VALUES -3234.0,9802.70,-2829.79,-870.725,-1130.318,-6372.5,8602.5075) t(x)), (SELECT CAST(x AS integer) b FROM (VALUES 5127.0,9867.62,3272.917,9586.93,374.7046,349.0,-8493.8421) t(x)) ORDER BY 1,2;
-- name: edge-dec-bigintdecimal-6-2
SELECT a,b,a+b,a-b,a*b,a/nullif(b,0),a%nullif(b,0),a=b,a<b,greatest(a,b),round(a),ceil(a),floor(a),abs(a),sign(a),CAST(a AS double),CAST(a AS bigint),CAST(a AS varchar), -a FROM (SELECT CAST(x AS bigint) a FROM (VALUES -3234.0,9802.70,-2829.79,-870.725,-1130.318,-6372.5,8602.5075) t(x)), (SELECT CAST(x AS decimal(6,2)) b FROM (VALUES 5127.0,9867.62,3272.917,9586.93,374.7046,349.0,-8493.8421) t(x)) ORDER BY 1,2;
-- name: edge-ints
SELECT a,b,a/nullif(b,0),a%nullif(b,0),a*b,bitwise_and(a,b),bitwise_or(a,b),bitwise_xor(a,b),bitwise_not(a),bitwise_left_shift(a,abs(b)),bitwise_right_shift(a,abs(b)),bitwise_right_shift_arithmetic(a,abs(b)),bit_count(a,64),to_base(a,16),to_base(a,2),round(a,-1),round(a,-2), power(a,2), width_bucket(a,-10,10,5), typeof(a/nullif(b,0)) FROM (VALUES 0,1,-1,5,-5,7,123,-128,65535,46340,-46340) x(a),(VALUES 0,1,-1,2,-3,7,31,33,64) y(b) ORDER BY 1,2;
-- name: edge-casts
SELECT t, TRY_CAST(t AS integer), TRY_CAST(t AS bigint), TRY_CAST(t AS smallint), TRY_CAST(t AS double), TRY_CAST(t AS real), TRY_CAST(t AS boolean), TRY_CAST(t AS date), TRY_CAST(t AS timestamp), TRY_CAST(t AS decimal(10,2)), TRY_CAST(t AS ipaddress), TRY_CAST(t AS varchar(3)) FROM (VALUES '', ' ', '0','-0','+5','007','1.5','.5','5.','1e2','1E2','-1e-2','NaN','nan','Infinity','-Infinity','inf','true','TRUE','t','T','yes','on','0x1f','1_000','1,000','9223372036854775807','9223372036854775808','-9223372036854775808','32768','2024-01-31','2024-1-5','2024-01-32','24-01-01',' 2024-01-31','2024-01-31 ','2024-01-31 10:00','2024-01-31 10:00:00','2024-01-31 10:00:00.1234','2024-01-31T10:00:00','2024-01-31 25:00:00','2024-01-31 10:00:60','0001-01-01','12024-01-01','-2024-01-01','123456789.125','123456789.995','::1','1.2.3.4','1.2.3.4.5','1d','1f','1.5d','0b1',' 12.5',chr(9)||'7') t(t) ORDER BY 1;
-- name: edge-iso
SELECT t, try(from_iso8601_date(t)) FROM (VALUES '2024-01-31','2024-W05-3','2024-031','2024','2024-02','2024-02-30','2024-1-1','') t(t) ORDER BY 1;
-- name: edge-agg
SELECT count(*), count(x), count(DISTINCT x), sum(x), avg(x), min(x), max(x), min(x,3), max(x,3), stddev(x), stddev_pop(x), variance(x), skewness(x), kurtosis(x), approx_distinct(x), approx_percentile(x,0.25), approx_percentile(x,0.5), approx_percentile(x,0.95), array_agg(x ORDER BY x DESC), geometric_mean(abs(x)+1), bool_and(x>0), bool_or(x>0), count_if(x>0), max_by(x,-x), min_by(x,-x), max_by(x,-x,2), bitwise_and_agg(x), bitwise_or_agg(x), histogram(x), listagg(CAST(x AS varchar),',') WITHIN GROUP (ORDER BY x) FROM (VALUES 3,1,4,1,5,9,2,6,5,NULL,-3) t(x);
-- name: edge-agg-none
SELECT count(*), count(x), sum(x), avg(x), min(x), max(x), min(x,3), stddev(x), variance(x), skewness(x), kurtosis(x), approx_distinct(x), approx_percentile(x,0.5), array_agg(x), geometric_mean(x), bool_and(x>0), count_if(x>0), max_by(x,x), bitwise_and_agg(x), histogram(x), map_agg(x,x), corr(x,x), covar_pop(x,x), any_value(x), listagg(CAST(x AS varchar),',') WITHIN GROUP (ORDER BY x) FROM (SELECT x FROM (VALUES 1) t(x) WHERE x > 5);
-- name: edge-agg-one
SELECT stddev(x), stddev_pop(x), variance(x), var_pop(x), skewness(x), kurtosis(x), corr(x,x), covar_samp(x,x), covar_pop(x,x), regr_slope(x,x), regr_intercept(x,x), geometric_mean(x), avg(x), sum(x) FROM (VALUES 5e0) t(x);
-- name: edge-agg-same
SELECT stddev(x), variance(x), skewness(x), kurtosis(x), corr(x,x), corr(x,y), regr_slope(x,y) FROM (VALUES (5e0,1e0),(5e0,2e0),(5e0,3e0),(5e0,4e0)) t(x,y);
-- name: edge-agg-double
SELECT sum(x), avg(x), min(x), max(x), count(DISTINCT x), approx_distinct(x), array_agg(x ORDER BY x), max_by(y,x), min_by(y,x) FROM (VALUES (1.5e0,1),(nan(),2),(infinity(),3),(NULL,4)) t(x,y);
-- name: edge-agg-nulls
SELECT max_by(y,x), min_by(y,x), array_agg(y ORDER BY x), any_value(y), max_by(y,x,2), min_by(y,x,2), map_agg(x,y), histogram(y), min(y), count_if(y>1), approx_distinct(y) FROM (VALUES (1,NULL),(2,5),(NULL,7),(3,NULL)) t(x,y);
-- name: edge-arrays
SELECT array_distinct(a), array_sort(a), array_max(a), array_min(a), array_position(a,2), array_remove(a,2), cardinality(a), contains(a,2), contains(a,9), element_at(a,1), element_at(a,-1), element_at(a,9), reverse(a), slice(a,2,2), slice(a,-2,2), array_union(a,ARRAY[2,9,NULL]), array_intersect(a,ARRAY[2,9,NULL]), array_except(a,ARRAY[2,9,NULL]), arrays_overlap(a,ARRAY[2,9]), arrays_overlap(a,ARRAY[99]), array_join(a,'-'), array_join(a,'-','?'), filter(a,x->x>1), transform(a,x->x*2), any_match(a,x->x>2), all_match(a,x->x>0), none_match(a,x->x>5), reduce(a,0,(s,x)->s+coalesce(x,0),s->s*2), zip(a,ARRAY['x']), zip_with(a,ARRAY[1],(x,y)->coalesce(x,0)+coalesce(y,0)), a||5, a||ARRAY[7,NULL], concat(a,a), flatten(ARRAY[a,a]), trim_array(a,0) FROM (VALUES ARRAY[3,1,2,2,NULL,3], ARRAY[1], CAST(ARRAY[] AS array(integer)), ARRAY[NULL], CAST(NULL AS array(integer))) t(a) ORDER BY cardinality(a), array_join(a,',','?');
-- name: edge-maps
SELECT map_keys(m), map_values(m), cardinality(m), element_at(m,'a'), element_at(m,'z'), map_entries(m), map_filter(m,(k,v)->v>1), transform_values(m,(k,v)->v*2), map_concat(m,MAP(ARRAY['a','q'],ARRAY[9,8])) FROM (VALUES MAP(ARRAY['a','b'],ARRAY[1,2]), MAP(ARRAY['c'],ARRAY[NULL]), CAST(NULL AS map(varchar,integer))) t(m) ORDER BY cardinality(m);
-- name: edge-seq
SELECT sequence(1,5), sequence(5,1), sequence(1,10,3), sequence(10,1,-4), sequence(3,3), sequence(date '2024-01-30',date '2024-02-02'), sequence(date '2024-01-31',date '2024-06-30',interval '1' month), sequence(date '2024-02-02',date '2024-01-30'), sequence(timestamp '2024-01-01 00:00:00',timestamp '2024-01-01 03:00:00',interval '1' hour);
-- name: edge-regexp
SELECT t, regexp_like(t,'^a.*z$'), regexp_extract(t,'[0-9]+'), regexp_extract(t,'([a-z]+)([0-9]+)',2), regexp_extract_all(t,'[a-z]'), regexp_replace(t,'[0-9]','#'), regexp_replace(t,'([a-z])([0-9])','$2$1'), regexp_split(t,'[0-9]'), regexp_count(t,'[0-9]'), regexp_like(t,'(?i)ABC'), regexp_replace(t,'x*','-'), regexp_split(t,','), regexp_like(t,'\bz'), regexp_like(t,'\s'), regexp_like(t,'.'), regexp_like(t,'') FROM (VALUES 'abc','a1b22z','','az','9','a,b,,c','line'||chr(10)||'two z','ÄÖ1') t(t) ORDER BY 1;
-- name: edge-like
SELECT t, t LIKE 'a%', t LIKE '%z', t LIKE '_', t LIKE '', t LIKE '%', t LIKE 'a\%', t LIKE '50!%' ESCAPE '!', t NOT LIKE '%a%' FROM (VALUES 'a','az','A','','50%','a\x','a'||chr(10)||'b','😀') t(t) ORDER BY 1;
-- name: edge-url
SELECT t, url_encode(t), try(url_decode(t)), url_extract_host(t), url_extract_path(t), url_extract_port(t), url_extract_protocol(t), url_extract_query(t), url_extract_fragment(t), url_extract_parameter(t,'k') FROM (VALUES 'https://user@h.example:8443/p/a%20th?k=v%20w&z=1#f','http://h','h/x','','mailto:a@b','https://[::1]:80/x?k=','a b+c%2B','100%','//h/p','https://h?k=1&k=2','ä€','HTTP://H.example/X?K=1') t(t) ORDER BY 1;
-- name: edge-windows
SELECT x, row_number() OVER (ORDER BY x, y), rank() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x), percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x), ntile(3) OVER (ORDER BY x, y), lag(y) OVER (ORDER BY x, y), lead(y,2) OVER (ORDER BY x, y), lag(y,1,-1) OVER (ORDER BY x, y), lag(y) IGNORE NULLS OVER (ORDER BY x, y), first_value(y) OVER (ORDER BY x, y), last_value(y) OVER (ORDER BY x, y), nth_value(y,2) OVER (ORDER BY x, y), sum(y) OVER (ORDER BY x), sum(y) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), avg(y) OVER (PARTITION BY x), count(y) OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), max(y) OVER (ORDER BY x GROUPS 1 PRECEDING), sum(y) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING), array_agg(y) OVER (ORDER BY x, y ROWS 1 PRECEDING) FROM (VALUES (1,5),(1,NULL),(2,3),(3,3),(3,9),(NULL,1)) t(x,y) ORDER BY x, y;
-- name: edge-in-null
SELECT x, x IN (1,2), x IN (1,NULL), x NOT IN (1,NULL), x NOT IN (1,2), x = ANY (VALUES 1,2), x > ALL (VALUES 1,NULL), x IN (SELECT y FROM (VALUES 1,NULL) u(y)), x IS DISTINCT FROM 1, x BETWEEN 1 AND NULL, CASE x WHEN NULL THEN 'n' WHEN 1 THEN 'one' END, nullif(x,1), coalesce(x,9), greatest(x,1), if(x>1,'b') FROM (VALUES 1,2,NULL) t(x) ORDER BY 1;
-- name: edge-group
SELECT a, b, grouping(a,b) g, count(*), sum(c) FROM (VALUES ('x',1,1),('x',2,2),('y',1,3),(NULL,1,4),('y',NULL,5)) t(a,b,c) GROUP BY GROUPING SETS ((a,b),(a),()) ORDER BY g,a,b,4;
-- name: edge-joins
SELECT k, a.v, b.v FROM (VALUES (1,'a'),(2,'b'),(NULL,'n')) a(k,v) FULL JOIN (VALUES (2,'B'),(3,'C'),(NULL,'N')) b(k,v) USING (k) ORDER BY 1,2,3;
-- name: edge-union-types
SELECT 1 x UNION ALL SELECT 2.5 UNION ALL SELECT 3e0 ORDER BY 1;
-- name: edge-union-types2
SELECT x, typeof(x) FROM (SELECT 'a' x UNION ALL SELECT 'abc') ORDER BY 1;
-- name: edge-setops
(SELECT 1 x UNION ALL SELECT 1 UNION ALL SELECT 2) EXCEPT SELECT 2 UNION SELECT 3 INTERSECT SELECT 3 ORDER BY 1;
-- name: edge-except-all
SELECT x FROM (VALUES 1,1,2) t(x) EXCEPT ALL SELECT 1 ORDER BY 1;
-- name: edge-format
SELECT format('%d|%5d|%-5d|%05d|%,d|%+d|%x|%X|%s', x,x,x,x,x,x,x,x,x) FROM (VALUES 0,7,-7,1234567,-1234567) t(x) ORDER BY 1;
-- name: edge-format2
SELECT format('%.2f|%8.2f|%-8.1f|%,.2f|%e|%.3e|%s|%f', x,x,x,x,x,x,x,x) FROM (VALUES 0e0,1.005e0,-2.675e0,1234567.891e0,0.5e0,1e-5,2.5e0) t(x) ORDER BY 1;
-- name: edge-format3
SELECT format('%s %s %s %s %s', true, date '2024-01-05', 1.50, 'x', CAST(NULL AS bigint)), format('%5s|%-5s|%S', 'é', 'ab', 'ß'), format('%s', bigint '9007199254740993');
-- name: edge-hrs
SELECT x, human_readable_seconds(x) FROM (VALUES 0e0,1e0,59e0,61e0,3600e0,86400e0,604800e0,1e6,0.5e0,1.5e0,-5e0) t(x) ORDER BY 1;
-- name: edge-literals
SELECT interval '1' day, interval '-1' day, interval -'1' day, interval '25' hour, interval '90' second, interval '1.5' second, interval '1' year, interval '-14' month, 2 * interval '1' day, interval '1' day * 3;
-- name: edge-time
SELECT time '01:02:03', time '01:02:03.5', CAST(timestamp '2024-01-01 01:02:03.678' AS time), hour(time '05:06:07'), minute(time '05:06:07'), second(time '05:06:07.9');
-- name: edge-numlits
SELECT 1, 2147483648, 1.0, 0.10, .5, 5., 1e1, 1.5e-3, 00012, 12345678901234567890.5, typeof(00.10), typeof(5.), typeof(100000000000000000000.0);
-- name: edge-mixed-cmp
SELECT 1 = 1.0, 1 < 1.5, 1e0 = 1.0, bigint '5' > 4.9, real '0.1' = 0.1e0, real '0.1' = 0.1, date '2024-01-01' = timestamp '2024-01-01 00:00:00', timestamp '2024-01-01 00:00:00' = timestamp '2024-01-01 01:00:00 +01:00', 'a' < 'B', 'a' = 'a ', '' < 'a';
-- name: edge-agg-distinct-filter
SELECT g, count(DISTINCT x) FILTER (WHERE x > 1), sum(DISTINCT x), array_agg(DISTINCT x ORDER BY x), avg(x) FILTER (WHERE x > 100), count(*) FILTER (WHERE x IS NULL) FROM (VALUES ('a',1),('a',2),('a',2),('b',NULL),('b',3)) t(g,x) GROUP BY g ORDER BY g;
-- name: edge-unnest
SELECT t.i, u.a, u.b, u.o FROM (VALUES (1,ARRAY[1,2,3],ARRAY['x']),(2,CAST(ARRAY[] AS array(integer)),ARRAY['p','q']),(3,NULL,NULL)) t(i,x,y) CROSS JOIN UNNEST(x,y) WITH ORDINALITY u(a,b,o) ORDER BY 1,4;
-- name: edge-unnest-left
SELECT t.i, u.a, u.b, u.o FROM (VALUES (1,ARRAY[1,2,3],ARRAY['x']),(2,CAST(ARRAY[] AS array(integer)),CAST(ARRAY[] AS array(varchar))),(3,NULL,NULL)) t(i,x,y) LEFT JOIN UNNEST(x,y) WITH ORDINALITY u(a,b,o) ON TRUE ORDER BY 1,4;
-- name: edge-unnest-map
SELECT k, v FROM UNNEST(MAP(ARRAY['a','b'],ARRAY[1,2])) t(k,v) ORDER BY 1;
-- name: edge-unnest-rows
SELECT a, b, n FROM UNNEST(ARRAY[ROW(1,'x'),ROW(2,'y')]) WITH ORDINALITY t(a,b,n) ORDER BY 3;
-- name: edge-orders
SELECT x, y FROM (VALUES (1,NULL),(2,'b'),(NULL,'a'),(3,'B')) t(x,y) ORDER BY y DESC NULLS FIRST, x;
-- name: edge-orders2
SELECT -x AS x FROM (VALUES 1,2,3) t(x) ORDER BY x;
-- name: edge-orders3
SELECT -x AS x FROM (VALUES 1,2,3) t(x) ORDER BY x + 0;
-- name: edge-orders4
SELECT x % 2 AS x, count(*) FROM (VALUES 1,2,3) t(x) GROUP BY x % 2 ORDER BY x;
-- name: edge-having
SELECT x, count(*) c FROM (VALUES 1,1,2) t(x) GROUP BY x HAVING count(*) > 1 AND x > 0 ORDER BY 1;
-- name: edge-parse
SELECT date_parse(t,'%Y-%m-%d %H:%i:%s') FROM (VALUES '2024-01-31 10:11:12','2024-1-5 1:2:3') t(t) ORDER BY 1;
-- name: edge-parse2
SELECT date_parse('31/12/24','%d/%m/%y'), date_parse('Jan 5 2024','%b %e %Y'), date_parse('2024-01-05 03:04:05.678','%Y-%m-%d %H:%i:%s.%f'), date_parse('2024-01-05 03:04:05.6','%Y-%m-%d %H:%i:%s.%f'), date_parse('12 PM','%h %p'), date_parse('99-01-01','%y-%m-%d'), date_parse('69-01-01','%y-%m-%d'), date_parse('70-01-01','%y-%m-%d');
-- name: edge-parse3
SELECT parse_datetime('2024-01-05 03:04:05','yyyy-MM-dd HH:mm:ss'), parse_datetime('5 January 2024','d MMMM yyyy');
-- name: edge-fromunix
SELECT x, from_unixtime(x), to_unixtime(from_unixtime(x)), from_unixtime(x/7e0), from_unixtime(CAST(x AS double)+0.0005e0) FROM (VALUES 0,1,-1,1700000000,253402300799,-62135596800) t(x) ORDER BY 1;
-- name: edge-bad-overflow-sum
SELECT sum(x) FROM (VALUES bigint '9223372036854775807', 1) t(x);
-- name: edge-bad-neg-min
SELECT abs(bigint '-9223372036854775808');
-- name: edge-bad-sub-0
SELECT ARRAY[1][0];
-- name: edge-bad-sub-2
SELECT ARRAY[1][2];
-- name: edge-bad-sub-1
SELECT ARRAY[1][-1];
-- name: edge-bad-elem-0
SELECT element_at(ARRAY[1],0);
-- name: edge-bad-map-key
SELECT MAP(ARRAY['a'],ARRAY[1])['b'];
-- name: edge-bad-map-dup
SELECT MAP(ARRAY['a','a'],ARRAY[1,2]);
-- name: edge-bad-map-null
SELECT MAP(ARRAY[NULL],ARRAY[2]);
-- name: edge-bad-scalar-many
SELECT (SELECT x FROM (VALUES 1,2) t(x));
-- name: edge-bad-chr
SELECT chr(-1);
-- name: edge-bad-seq
SELECT sequence(1,5,-1);
-- name: edge-bad-slice0
SELECT slice(ARRAY[1],0,1);
-- name: edge-bad-group-alias
SELECT x AS y, count(*) FROM (VALUES 1) t(x) GROUP BY y;
-- name: edge-bad-not-grouped
SELECT x, count(*) FROM (VALUES 1) t(x);
-- name: edge-bad-agg-where
SELECT count(*) FROM (VALUES 1) t(x) WHERE count(*) > 0;
-- name: edge-bad-ambiguous
SELECT x FROM (VALUES 1) a(x), (VALUES 2) b(x);
-- name: edge-bad-win-where
SELECT x FROM (VALUES 1) t(x) WHERE row_number() OVER () = 1;
-- name: edge-bad-having-no-agg
SELECT x FROM (VALUES 1) t(x) HAVING x > 0;
-- name: edge-bad-nested-agg
SELECT sum(count(*)) FROM (VALUES 1) t(x);
-- name: edge-bad-distinct-win
SELECT count(DISTINCT x) OVER () FROM (VALUES 1) t(x);
-- name: edge-bad-limit-neg
SELECT 1 LIMIT -1;
-- name: edge-bad-ntile0
SELECT ntile(0) OVER () FROM (VALUES 1) t(x);
-- name: edge-bad-lpad-neg
SELECT lpad('a',-1,'x');
-- name: edge-bad-lpad-empty
SELECT lpad('a',5,'');
-- name: edge-bad-repeat-neg
SELECT repeat('a',-1);
-- name: edge-bad-cast
SELECT CAST('2024-13-01' AS date);
-- name: edge-bad-hex
SELECT from_hex('zz');
-- name: edge-bad-b64
SELECT from_base64('!!');
-- name: edge-bad-date-lit
SELECT date '2024-02-30';
-- name: edge-bad-percentile
SELECT approx_percentile(x, 1.5) FROM (VALUES 1) t(x);
-- name: edge-bad-max-n
SELECT max(x,0) FROM (VALUES 1) t(x);
-- name: edge-bad-in-types
SELECT 1 IN ('a');
-- name: edge-bad-between-types
SELECT 'a' BETWEEN 1 AND 2;
-- name: edge-bad-case-types
SELECT CASE WHEN true THEN 1 ELSE 'a' END;
-- name: edge-bad-coalesce-types
SELECT coalesce(1,'a');
-- name: edge-bad-union-types
SELECT 1 UNION ALL SELECT 'a';
-- name: edge-bad-like-int
SELECT 1 LIKE '1';
-- name: edge-bad-not-int
SELECT NOT 1;
-- name: edge-bad-where-int
SELECT 1 WHERE 1;
-- name: edge-bad-unknown-col
SELECT y FROM (VALUES 1) t(x);
-- name: edge-bad-order-ord
SELECT 1 ORDER BY 2;
-- name: edge-bad-group-ord
SELECT 1 GROUP BY 2;
-- name: edge-bad-lambda-arity
SELECT transform(ARRAY[1],(x,y)->x);
-- name: edge-bad-smallint
SELECT smallint '40000';
-- name: edge-bad-tiny-add
SELECT tinyint '100' + tinyint '100';
-- name: edge-bad-dec-over
SELECT CAST(99999 AS decimal(4,0));
-- name: edge-bad-codepoint
SELECT codepoint('');
-- name: edge-bad-split-neg
SELECT split('a,b',',',-1);
-- name: edge-bad-date-bad-add
SELECT date_add('hour',1,date '2024-01-01');
-- name: edge-bad-log-neg
SELECT 1/(x-1) FROM (VALUES 1) t(x);
-- name: edge-bad-width
SELECT width_bucket(1,2,2,3);
-- name: edge-bad-frombase
SELECT from_base('9',8);
-- name: edge-bad-alias-where
SELECT 1 AS z FROM (VALUES 1) t(x) WHERE z = 1;
-- name: edge-bad-count-two
SELECT count(x,x) FROM (VALUES 1) t(x);
-- name: edge-bad-hamming
SELECT hamming_distance('a','ab');
-- name: edge-bad-lag-over
SELECT lag(x) FROM (VALUES 1) t(x);
-- name: edge-bad-rank-noorder
SELECT rank() OVER () FROM (VALUES 1) t(x);
-- name: edge-bad-range-frame
SELECT sum(x) OVER (ORDER BY x RANGE BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM (VALUES 1) t(x);
-- name: edge-bad-over-groups
SELECT sum(x) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM (VALUES 1) t(x);
