import type { Tx } from '../../platform/database/tx.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { NoticeChannel, NoticeKind } from '../../platform/hospitals/notices-config.ts'
import type { SessionTables } from '../../platform/sessions/session.ts'

/** The channels that a hospital set up for a kind, in their order. */
export function channelsOf({ notices, wechat }: Hospital, kind: NoticeKind): readonly NoticeChannel[] {
  return notices.order.filter((channel) => {
    const app = channel === 'subscribe' ? wechat.miniProgram : wechat.officialAccount
    const messages = notices[channel]?.messages
    return app !== undefined && (messages?.[kind] ?? messages?.default) !== undefined
  })
}

/** Whether WeChat tells later what became of a message that it took: then taken is not yet told. */
export function isToldOfDelivery({ notices }: Hospital, channel: NoticeChannel): boolean {
  return channel === 'template' && notices.callback !== undefined
}

/**
 * A user's openids by appid. Those under the same unionid are the same person's, also where one came before WeChat told
 * the unionid and made a user of its own.
 */
export async function findOpenids(tx: Tx, userId: string): Promise<ReadonlyMap<string, string>> {
  const sql = tx.sql.withTables<SessionTables>()
  const rows = await sql
    .selectFrom('wechat_identity')
    .select(['appid', 'openid'])
    .where('hospital_id', '=', tx.hospitalId)
    .where((one) =>
      one.or([
        one('user_id', '=', userId),
        one(
          'unionid',
          'in',
          one
            .selectFrom('wechat_identity')
            .select('unionid')
            .where('hospital_id', '=', tx.hospitalId)
            .where('user_id', '=', userId)
            .where('unionid', 'is not', null),
        ),
      ]),
    )
    // The newest of an app wins: a person may have come with another WeChat account since.
    .orderBy('created_at_ms')
    .execute()
  return new Map(rows.map(({ appid, openid }) => [appid, openid]))
}
