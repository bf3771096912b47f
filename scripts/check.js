// `npm run check`: what needs no test to be wrong. Two at a time, as each takes one core; all of them are run, whatever one says.
import { spawn } from 'node:child_process'

const LANES = [['lint'], ['types', 'format:check', 'rooms']]

/** Runs one of package.json's scripts; gives what it printed where it failed. */
const run = script =>
  new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (printed += text))
    child.on('error', reject)
    child.on('close', code => resolve(code === 0 ? undefined : printed.trim() || `${script} ended with ${code}`))
  })

async function inTurn(scripts) {
  for (const script of scripts) {
    const trouble = await run(script)
    console.log(`${script} ${trouble === undefined ? 'passed' : 'failed'}`)
    if (trouble === undefined) continue
    console.error(trouble)
    process.exitCode = 1
  }
}

await Promise.all(LANES.map(inTurn))
