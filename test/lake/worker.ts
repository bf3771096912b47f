import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const script = fileURLToPath(new URL('../../scripts/soak/worker.js', import.meta.url))
const endedSchema = z.object({ code: z.number(), stdout: z.string(), stderr: z.string(), steps: z.number() })

/** Where a process is killed: before that step in the file system, of those on paths that hold `about`. */
export interface Death {
  readonly at: number
  readonly about: string
}

/** A process that runs command lines, and is started anew where it was killed. */
export class Worker {
  #child: ChildProcessWithoutNullStreams | undefined

  /** `killed` where the process died before the command had ended. */
  async run(args: readonly string[], death?: Death): Promise<z.output<typeof endedSchema> | 'killed'> {
    const env = { ...process.env, WEIR_BATCH_OBJECTS: '2' }
    const child = (this.#child ??= spawn(process.execPath, [script], { stdio: 'pipe', env }))
    const lines = createInterface({ input: child.stdout })
    const said: string[] = []
    const onStderr = (text: Buffer): void => void said.push(String(text))
    child.stderr.on('data', onStderr)
    let onClose: () => void = () => undefined
    const answer = new Promise<string | undefined>(resolve => {
      onClose = () => resolve(undefined)
      lines.once('line', resolve)
      child.once('close', onClose)
    })
    child.stdin.write(`${JSON.stringify({ args, ...death })}\n`)
    const line = await answer
    child.stderr.off('data', onStderr)
    child.off('close', onClose)
    lines.close()
    if (line !== undefined) return endedSchema.parse(JSON.parse(line))
    this.#child = undefined
    if (child.signalCode !== 'SIGKILL' || !death) throw new Error(`the worker ended with ${child.exitCode}: ${said.join('')}`)
    return 'killed'
  }

  stop(): void {
    this.#child?.stdin.end()
    this.#child = undefined
  }
}
