import type { InstanceOptions, ReadingProgress } from '../engine/index.js'

/** What work on a lake may take. */
export interface LakeOptions extends InstanceOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined
}
