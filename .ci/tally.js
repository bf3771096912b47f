// node .ci/tally.js STATUS DIR: sums the test reports in DIR; fails where STATUS or a report does, or where a test was
// skipped that has all it needs here.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [status, folder] = process.argv.slice(2)

/** Nothing is unreadable to root, so a test of missing permission cannot run as root; its name says "permission". */
const mayBeSkipped = name => process.getuid?.() === 0 && /permission/i.test(name)

const total = { passed: 0, failed: 0, skipped: 0 }
const complaints = []

for (const file of readdirSync(folder)) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  const { testResults } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  for (const { name: path, status: outcome, assertionResults } of testResults) {
    for (const { fullName, status } of assertionResults) {
      count[status === 'passed' || status === 'failed' ? status : 'skipped']++
      if (status === 'failed') complaints.push(`failed: ${path}: ${fullName}`)
      else if (status !== 'passed' && !mayBeSkipped(fullName))
        complaints.push(`skipped, but nothing it needs is missing: ${path}: ${fullName}`)
    }
    if (outcome === 'failed' && !assertionResults.some(({ status }) => status === 'failed')) {
      count.failed++
      complaints.push(`failed before its first test: ${path}`)
    }
  }
  for (const key of Object.keys(total)) total[key] += count[key]
  console.log(`${file.replace('.json', '')}: ${line(count)}`)
}

if (status !== '0' && total.failed === 0) {
  total.failed++
  complaints.push(`a step outside the tests ended with ${status}`)
}
for (const complaint of complaints) console.log(complaint)
console.log(line(total))
process.exitCode = complaints.length > 0 || total.passed === 0 ? 1 : 0

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
