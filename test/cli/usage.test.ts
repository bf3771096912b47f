import { describe, expect, test } from 'vitest'
import { inEmptyFolder, weir } from './logs.js'

inEmptyFolder()

describe('wrong usage is exit code 2 with nothing on stdout', () => {
  test.each([
    ['an unknown command', ['explode'], 'error[usage-unknown-command]: unknown command'],
    ['an unknown option', ['scan', '--fromat', 'json', '.'], "error[usage-unknown-option]: unknown option '--fromat'"],
    ['no source', ['scan'], 'error[usage-missing-argument]: missing required argument'],
    ['an unknown format', ['scan', '.', '--format', 'xml'], 'error[option-value]: --format cannot be "xml"'],
    ['an unknown severity', ['scan', '.', '--fail-on', 'urgent'], 'error[option-value]: --fail-on cannot be "urgent"'],
    [
      'a format that this command lacks',
      ['rules', 'show', 'port-scan', '--format', 'csv'],
      'error[option-value]: --format cannot be "csv"',
    ],
    ['an engine that is none', ['query', 'SELECT 1', '--engine', 'spark'], 'error[option-value]: --engine cannot be "spark"'],
    ['an engine of which nothing is said', ['query', 'SELECT 1', '--engine', 'trino'], 'error[engine-unconfigured]'],
    ['a source for an engine that has its own', ['query', 'SELECT 1', '.', '--engine', 'trino'], 'error[engine-source]'],
    ['an engine that reads no source', ['scan', '.', '--engine', 'trino'], 'do: weir detect --engine trino'],
    [
      'fields for an engine that reads no files',
      ['query', 'SELECT 1', '--engine', 'trino', '--fields', 'version'],
      'error[option-engine]: trino reads tables, not log files: --fields would change nothing',
    ],
    ['a limit that DuckDB has no use for', ['query', 'SELECT 1', '--max-scan', '1GB'], 'error[option-engine]'],
    ['a config that is not there', ['scan', '.', '--config', 'other.yaml'], 'error[config-missing]'],
    ['an output folder that is not there', ['rules', 'list', '--output', 'no/where.json'], 'error[output-folder]'],
    ['an unknown rule', ['rules', 'show', 'prot-scan'], 'error[rule-unknown]: there is no rule prot-scan'],
    ['an unknown rule to test', ['rules', 'test', 'prot-scan'], 'error[rule-unknown]: there is no rule prot-scan'],
    [
      'a span that ends before it begins',
      ['scan', '.', '--since', '1h', '--until', '2h'],
      'error[option-window]: --since is not',
    ],
    ['a time that is none', ['query', 'SELECT 1', '--since', 'yesterday'], 'error[option-value]: --since cannot be "yesterday"'],
    ['an unknown scenario', ['simulate', '--out', 'logs', '--scenario', 'earthquake'], 'error[simulate-scenario]'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await weir(args)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('no command prints the help on stderr', async () => {
    const { code, stdout, stderr } = await weir([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Usage: weir')
  })
})

test('an error block says where, what was expected and what to do', async () => {
  const { stderr } = await weir(['scan', '.', '--fromat', 'json'])
  expect(stderr).toBe(
    [
      "error[usage-unknown-option]: unknown option '--fromat'",
      '  where: weir scan',
      '  do: --format, or see weir scan --help',
      '',
    ].join('\n'),
  )
})

test('a stack trace is printed with --debug only', async () => {
  expect((await weir(['rules', 'show', 'none'])).stderr).not.toContain('    at ')
  expect((await weir(['rules', 'show', 'none', '--debug'])).stderr).toContain('    at ')
})

describe('help and version go to stdout', () => {
  test.each([[['--help']], [['help']], [['scan', '--help']], [['rules', '--help']], [['help', 'query']]])('%j', async args => {
    const { code, stdout, stderr } = await weir(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Usage: weir')
  })

  test('--version', async () => {
    const { code, stdout } = await weir(['--version'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
