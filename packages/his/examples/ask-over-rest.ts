import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Fen } from '@zhangyi/core'
import { createRestHis } from '../src/adapters/index.ts'

/** A HIS of two answers, and the adapter that asks it. `node packages/his/examples/ask-over-rest.ts` */
export async function askOverRest(): Promise<readonly unknown[]> {
  const answers: Readonly<Record<string, unknown>> = {
    '/balances/of': {
      code: 'OK',
      data: {
        patid: 'P1',
        totalFen: 35000,
        availableFen: 30000,
        refundableFen: 25000,
        reason: '有未结算的就诊',
      },
    },
    '/deposits/hold': { code: 'REFUSED', detailCode: 'insufficient', reason: '可退余额不足' },
  }
  const server = createServer((request, reply) => {
    const answer = answers[request.url ?? '']
    // Not implemented: the gateway takes it for "nobody can say", never for a refusal.
    reply.statusCode = answer === undefined ? 501 : 200
    reply.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const his = createRestHis({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    groups: ['archives', 'cards', 'balances', 'deposits'],
    auth: { kind: 'hmac', keyId: 'gateway', secret: 'a secret that both sides know' },
  })
  try {
    return [
      await his.balances?.of('P1'),
      await his.deposits?.hold({ patid: 'P1', depositId: undefined, amount: 99_900 as Fen }, 'refund-1-hold'),
      await his.cards.bind({ patid: 'P1', healthCardId: 'C1', qrCodeText: 'C1:1' }, 'bind-1'),
    ]
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(...(await askOverRest()))
