/** `lines = records + nodata + skipdata + headers + quarantined`, always. */
export interface LineCounts {
  readonly lines: number
  readonly records: number
  readonly nodata: number
  readonly skipdata: number
  readonly headers: number
  readonly quarantined: number
}

/** What an engine has read, line by line. */
export interface InputReport extends LineCounts {
  /** The files that were read, as a person calls them. */
  readonly sources: readonly string[]
  /** Size of the files as they stand, compressed. */
  readonly bytes: number
  /** Columns of `records` that every file has, and those that only some have. */
  readonly fields: readonly string[]
  readonly partialFields: readonly string[]
  /** Files of which only a part could be read. */
  readonly damaged: readonly DamagedSource[]
  /** Sources, or parts of them, that could not be read at all. */
  readonly unreadable: readonly { readonly source: string; readonly reason: string }[]
  /** Files in the sources that are no logs and were left aside, such as the labels of a simulation. */
  readonly aside: readonly string[]
}

export interface DamagedSource {
  readonly source: string
  readonly message: string
}

/** A line that is no record. */
export interface QuarantinedLine {
  readonly source: string
  /** From 1; in a JSON wrapping the number of the event. */
  readonly line: number
  readonly reason: string
  /** The line itself, its first 2,000 characters. */
  readonly text: string
}

/** How far the reading is, in bytes of the files as they stand. */
export interface ReadingProgress {
  readonly done: number
  readonly total: number
}
