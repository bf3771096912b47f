export interface TrinoFolders {
  /** A folder that the catalog `hive` sees as `local:///`, with its metastore in `metastore`; without it there is the catalog `memory` alone. */
  readonly files?: string
  /** Where `s3://` leads, such as the AWS emulator's endpoint; only with `files`. */
  readonly s3?: string
  /** One that is to be measured: compiled in full, with more memory. */
  readonly lasting?: boolean
}

export interface Trino {
  /** `http://127.0.0.1:port` */
  readonly url: string
  readonly pid: number
  /** Kills it and removes its folder; not `files`. */
  stop(): Promise<void>
}

export declare const trinoHome: string
export declare function prepareTrino(): Promise<void>
export declare function trinoMissing(): Promise<string | undefined>
export declare function startTrino(folders?: TrinoFolders): Promise<Trino>
