import type { Forms } from './form.js'

const part = (sql: string): Forms[string] => [['(M) -> bigint', `${sql}($clock1)`]]

/** Functions of dates and times that follow from the types alone. */
export const times: Forms = {
  current_timezone: [['() -> varchar', "'UTC'"]],
  day: part('day'),
  day_of_month: part('day'),
  day_of_week: part('isodow'),
  day_of_year: part('dayofyear'),
  dow: part('isodow'),
  doy: part('dayofyear'),
  from_iso8601_date: [['(varchar) -> date', 'athena.iso_date($1)']],
  hour: [
    ['(Z) -> bigint', 'hour($clock1)'],
    ['(time) -> bigint', 'hour($1)'],
  ],
  human_readable_seconds: [['(double) -> varchar', 'athena.human_readable_seconds($1)']],
  last_day_of_month: [['(M) -> date', 'last_day($clock1)']],
  millisecond: [
    ['(Z) -> bigint', '(millisecond($clock1) % 1000)'],
    ['(interval day to second) -> bigint', '((epoch_us($1) // 1000) % 1000)'],
  ],
  minute: [
    ['(Z) -> bigint', 'minute($clock1)'],
    ['(time) -> bigint', 'minute($1)'],
  ],
  month: part('month'),
  quarter: part('quarter'),
  second: [
    ['(Z) -> bigint', 'second($clock1)'],
    ['(time) -> bigint', 'second($1)'],
  ],
  to_milliseconds: [['(interval day to second) -> bigint', '(epoch_us($1) // 1000)']],
  to_unixtime: [['(M) -> double', 'epoch($1)']],
  week: part('week'),
  week_of_year: part('week'),
  year: part('year'),
  year_of_week: part('isoyear'),
  yow: part('isoyear'),
}
