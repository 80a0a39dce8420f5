/** What we use of pg-cursor, which ships no types: rows of one query, a batch at a time. */
declare module 'pg-cursor' {
  import type { CustomTypesConfig, Submittable } from 'pg'

  // biome-ignore lint/style/noDefaultExport: the package exports its class so
  export default class Cursor<Row = unknown> implements Submittable {
    constructor(
      sql: string,
      parameters?: unknown[],
      config?: { readonly rowMode?: 'array'; readonly types?: CustomTypesConfig },
    )
    submit: Submittable['submit']
    read(rows: number): Promise<Row[]>
    close(): Promise<void>
  }
}
