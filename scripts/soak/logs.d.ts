export declare function writeLogs(folder: string, objects: number): Map<string, number>
