// What a person reads who tunes: the figures, then misses and false alarms by name.
const percent = share => (share === null ? '-' : `${(100 * share).toFixed(1)} %`)
const ratio = ({ part, whole, lower }) => (whole === 0 ? '-' : `${part}/${whole} ≥ ${percent(lower)}`)

function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map(row => row[i].length)))
  return rows
    .map(row => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '))
    .join('\n')
}

/** Rows under their name, at most `most` of each. */
function listed(rows, nameOf, textOf, most) {
  return [...new Set(rows.map(nameOf))].sort().flatMap(name => {
    const own = rows.filter(row => nameOf(row) === name)
    const more = own.length > most ? [`  … ${own.length} in all`] : []
    return [`${name} (${own.length})`, ...own.slice(0, most).map(row => `  ${textOf(row)}`), ...more]
  })
}

/** The labelled sets, in lines. */
export function labelledText(labelled) {
  if (!labelled) return 'labelled traffic: skipped, ../shared/data/labelled or ../shared/checks/score.mjs is absent'
  const rows = labelled.sets.map(one => [
    one.set,
    one.actors === 0 ? '-' : `${one.named}/${one.actors}`,
    one.expected === 0 ? '-' : `${one.found}/${one.expected}`,
    String(one.raised),
    String(one.wrong),
    one.benign ? (one.raised / one.days).toFixed(1) : '-',
  ])
  const details = labelled.sets.flatMap(one => [
    ...one.problems.map(text => `${one.set}: BROKEN ${text}`),
    ...one.misses.map(text => `${one.set}: missed ${text}`),
    ...one.falseAlarms.map(text => `${one.set}: ${one.benign ? 'false alarm' : 'wrong'} ${text}`),
  ])
  return [table([['labelled set', 'actors', 'expected', '≥ medium', 'wrong', 'false a day'], ...rows]), ...details].join('\n')
}

/** The pooled figures of simulated traffic, in lines. */
export function simulatedText(pooled, most) {
  const { byRule, byScenario, byLookAlike, misses, falseAlarms, absent, quiet } = pooled
  const rules = byRule.map(one => [
    one.rule,
    one.judged ? ratio(one.recall) : '-',
    ratio(one.precision),
    ratio(one.silent),
    one.daily === null ? '-' : one.daily.toFixed(2),
  ])
  const scenarios = byScenario.map(one => [one.name, ratio(one), one.meant.join(', ')])
  const benign = byLookAlike.map(one => [one.scenario, ratio(one), one.rules.join(', ')])
  return [
    table([['rule', 'recall', 'precision', 'silent on look-alikes', 'a day, benign'], ...rules]),
    table([['planted', 'found', 'meant'], ...scenarios]),
    table([['look-alike', 'nothing raised', 'raised by'], ...benign]),
    ...(absent.length > 0 ? [`no such rules yet, so not judged: ${absent.join(', ')}`] : []),
    `findings of medium and above a day: ${quiet.map(({ name, daily }) => `${name} ${daily.toFixed(1)}`).join(', ')}`,
    `MISSES (${misses.length})`,
    ...listed(
      misses,
      ({ rule, name }) => `${rule} on ${name}`,
      one => `${one.where} ${one.title}; said: ${one.instead.join(', ') || 'nothing'}`,
      most,
    ),
    `FALSE ALARMS (${falseAlarms.length})`,
    ...listed(
      falseAlarms,
      ({ rule, taken }) => `${rule} on ${taken.replace(/ \d+/g, '')}`,
      one => `${one.where} ${one.text}`,
      most,
    ),
  ].join('\n')
}
