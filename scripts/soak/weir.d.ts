import type { ChildProcess } from 'node:child_process'

export interface Ended {
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
}
export declare function weir(args: readonly string[]): Promise<Ended & { readonly code: number }>
export declare function weirJson(args: readonly string[]): Promise<unknown>
export declare function startWeir(
  args: readonly string[],
  options?: {
    readonly env?: Readonly<Record<string, string>>
    readonly dieAt?: number | undefined
    readonly about?: string
  },
): { readonly child: ChildProcess; readonly ended: Promise<Ended> }
