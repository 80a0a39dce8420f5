/**
 * The data map of the company's database: for every column what it is, for every row whose it is, for every other link
 * what happens to the other side. Written against the company's policy; held to the live schema by `avow map check`.
 */
import type { DataMap } from '@avow/core/map/document'
import { accountTables } from './map/accounts.ts'
import { chatTables } from './map/chat.ts'
import { communityTables } from './map/community.ts'
import { hostingTables } from './map/hosting.ts'
import { outreachTables } from './map/outreach.ts'
import { recruitmentTables } from './map/recruitment.ts'
import { researchTables } from './map/research.ts'
import { shopTables } from './map/shop.ts'
import { supportTables } from './map/support.ts'
import { webTables } from './map/web.ts'

export const map: DataMap = {
  avow: 1,
  stores: {
    platform: {
      kind: 'postgres',
      level: 'answered',
      country: 'GB',
      tables: {
        ...accountTables,
        ...shopTables,
        ...hostingTables,
        ...supportTables,
        ...chatTables,
        ...communityTables,
        ...recruitmentTables,
        ...researchTables,
        ...outreachTables,
        ...webTables,
      },
    },
  },
}
