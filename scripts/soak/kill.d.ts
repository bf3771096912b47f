export interface KillReport {
  readonly killed: number
  readonly lakes: number
  /** How the killed runs left their lakes. */
  readonly found: Readonly<Record<'before the lake' | 'between batches' | 'writing a batch' | 'moving a batch', number>>
  readonly batches: number
  readonly rows: number
  readonly steps: number
}
export declare function killIngests(
  folder: string,
  options: {
    readonly kills: number
    readonly seed: number
    readonly objects?: number
    readonly batch?: number
    readonly log?: (text: string) => void
  },
): Promise<KillReport>
