export declare const emulatorHome: string
export declare function prepareEmulator(): Promise<void>
export declare function startEmulator(): Promise<{ endpoint: string; stop(): Promise<void> }>
export declare function putObjects(endpoint: string, bucket: string, keys: readonly string[]): Promise<void>
