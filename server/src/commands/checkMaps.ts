/** The data maps of an installation against the stores as they stand: what nobody has classified, and what is not so. */
import type { MapCheckAnswer } from '@avow/core/api/map'
import { mapFaults } from '@avow/core/map/check'
import { schemaFindings } from '@avow/core/map/checkSchema'
import type { StoreMap } from '@avow/core/map/document'
import type { PolicyDocument } from '@avow/core/policy/document'
import type { Connector } from '../connectors/connector.ts'

export async function mapFindings(
  connectors: readonly Connector[],
  maps: Readonly<Record<string, StoreMap>>,
  policy: PolicyDocument,
): Promise<MapCheckAnswer['stores']> {
  const stores: MapCheckAnswer['stores'] = []
  for (const connector of connectors) {
    const map = maps[connector.store]
    if (map === undefined) throw new Error(`internal: the connector \`${connector.store}\` has no map`)
    const schema = await connector.describe()
    const faults = mapFaults({ avow: 1, stores: { [connector.store]: map } }, policy)
    const live = faults.length > 0 ? [] : schemaFindings(connector.store, map, schema)
    const orphans = faults.length > 0 ? [] : await connector.orphans()
    stores.push({
      name: connector.store,
      tables: schema.tables.length,
      columns: schema.tables.reduce((sum, table) => sum + table.columns.length, 0),
      findings: [
        ...[...faults, ...live].map(({ code, message }) => ({ code, detail: message })),
        ...orphans.map(({ table, rows }) => ({
          code: 'MAP_UNSOUND',
          detail: `${rows} rows of \`${table}\` belong to nobody: repair them, or map another way to their owner`,
        })),
      ],
    })
  }
  return stores
}
