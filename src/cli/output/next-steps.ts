import type { Output } from './output.js'
import { shellWord } from './text.js'

/** What to type after the demo, as commands on its folder that run. */
export async function printNextSteps(program: string, folder: string, output: Output): Promise<void> {
  const logs = shellWord(folder)
  const steps = [
    ['Who talked to whom, and how much', `query --saved top-talkers ${logs}`],
    [
      'Your own question, in SQL',
      `query "SELECT dstport, action, count(*) AS records FROM records GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 10" ${logs}`,
    ],
    ['More questions that come with Weir', 'query --list'],
    ['What these logs can show and what they cannot', `coverage ${logs}`],
    ['How a rule decides', 'rules show address-scan'],
    ['The same for your own logs', 'scan PATH'],
  ]
  await output.write(`${output.style.strong('What to type next')}\n`)
  for (const [what, command] of steps) await output.write(`  ${what}:\n    ${program} ${command}\n`)
}
