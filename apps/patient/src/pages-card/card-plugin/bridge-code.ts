import { record, text } from '../../api/read.ts'
import type { MeView } from '../../api/types.ts'
import { isLocalUrl } from '../../platform/allowed-hosts.ts'
import { transport } from '../../platform/request.ts'
import { createRequestClient } from '../../platform/request-client.ts'

/**
 * Development only: the sandbox gives a wechatCode where the plugin cannot. It needs all three: the build's
 * setting, an address on this very machine, and a gateway that says it runs in development mode.
 */
export async function bridgeCode(
  me: MeView,
  address = import.meta.env.VITE_ZHANGYI_BRIDGE_CODE ?? '',
  person = import.meta.env.VITE_ZHANGYI_BRIDGE_PERSON ?? 'lihua',
  send = transport,
): Promise<string | undefined> {
  if (!me.developmentBridge || !isLocalUrl(address)) return undefined
  const client = createRequestClient({ origin: '', token: () => undefined, transport: send })
  const result = await client(address, {
    method: 'POST',
    body: { person },
    read: record({ wechatCode: text }),
  })
  return result.ok ? result.data.wechatCode : undefined
}
