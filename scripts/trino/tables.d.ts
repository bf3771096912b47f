export declare function createTable(
  name: string,
  table: {
    readonly columns: readonly { readonly name: string; readonly type: string }[]
    readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  },
): string
