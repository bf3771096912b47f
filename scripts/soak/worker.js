// Runs command lines that come as lines of JSON on stdin, one after the other, and dies in the middle of one where it is told to.
import { createInterface } from 'node:readline'
import { dieAt, stepsMade } from './die.js'
import { weir } from './weir.js'

for await (const line of createInterface({ input: process.stdin })) {
  const { args, at, about } = JSON.parse(line)
  dieAt(at, about)
  const ended = await weir(args)
  const steps = stepsMade()
  dieAt()
  process.stdout.write(`${JSON.stringify({ ...ended, steps })}\n`)
}
