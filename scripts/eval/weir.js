// Runs the built `weir` as a whole process.
import { spawnSync } from 'node:child_process'

/** What a run said on both streams, how it ended and how long it took; never throws for an exit code. */
export function weir(...args) {
  const began = performance.now()
  const child = spawnSync(process.execPath, ['bin/weir.js', ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (child.error) throw child.error
  return { code: child.status, stdout: child.stdout, stderr: child.stderr, seconds: (performance.now() - began) / 1000 }
}

/** The JSON that a run prints; throws where it ends with another code than 0. */
export function ask(...args) {
  const { code, stdout, stderr, seconds } = weir(...args, '--format', 'json', '--quiet')
  if (code !== 0) throw new Error(`weir ${args.join(' ').slice(0, 300)} ended with ${code}: ${stderr.slice(-500)}`)
  return { ...JSON.parse(stdout), seconds }
}

/** The report of `weir scan` over logs; a rule that fails at run time is told in `failed`, the findings of the others stand. */
export function scan(sources, ...more) {
  const { code, stdout, stderr, seconds } = weir('scan', ...sources, ...more, '--format', 'json', '--quiet')
  if (![0, 4].includes(code) || stdout === '')
    throw new Error(`weir scan of ${sources[0]} ended with ${code}: ${stderr.slice(-500)}`)
  return { ...JSON.parse(stdout), seconds, failed: code === 4 ? stderr.trim().slice(0, 500) : '' }
}

/** The rules that are there, in order. */
export const rulesThere = () => ask('rules', 'list').rules.map(({ id, family }) => ({ id, family }))
