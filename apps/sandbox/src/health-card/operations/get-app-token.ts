import { z } from 'zod'
import { TOKEN_LIFETIME_SECONDS } from '../app-tokens.ts'
import { HEALTH_CARD_APP } from '../credentials.ts'
import { operation, text } from '../operation.ts'
import { Refusal } from '../result-codes.ts'

/** 获取接口调用凭证. A new token kills the one before. */
export const getAppToken = operation({
  name: 'getAppToken',
  zh: '获取接口调用凭证',
  family: 'A',
  req: z.object({ appId: text }),
  rsp: ['appToken', 'expiresIn'],
  carryOut: (platform, { appId }) => {
    if (appId !== HEALTH_CARD_APP.appId) throw new Refusal('appUnknown')
    return { appToken: platform.tokens.issue(), expiresIn: TOKEN_LIFETIME_SECONDS }
  },
})
