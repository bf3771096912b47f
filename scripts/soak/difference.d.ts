export declare function differences(a: string, b: string): Promise<readonly string[]>
