import type { TestStack } from '../setup/test-stack.ts'
import type { MiniPhoneOptions } from './mini-phone.ts'

/**
 * What WeChat's own face dialogue does: it compares and finds `verifyRet` (WeChat tells its server; the phone says
 * only that it is over), is closed, or is not there: absent, too old, or refused by the device.
 */
export type FaceDialogue = { readonly verifyRet: number } | 'cancelled' | 'absent' | 'old' | 'refused'

interface Asked {
  readonly verifyId: string
  readonly success: (result: object) => void
  readonly fail: (failure: object) => void
}
const CANCELLED = 90002
const NO_SUCH_DEVICE = 90001

/** A phone with that dialogue, in place of the sandbox's page that stands in for it in development. */
export function facing(stack: TestStack, dialogue: FaceDialogue): MiniPhoneOptions {
  const requestFacialVerify = ({ verifyId, success, fail }: Asked) => {
    if (typeof dialogue === 'object')
      void stack
        .action('weixin', 'decide-face', { verifyId, verifyRet: dialogue.verifyRet })
        .then(() => success({ errCode: 0, verifyResult: 'not to be believed' }))
    else fail({ errCode: dialogue === 'refused' ? NO_SUCH_DEVICE : CANCELLED })
  }
  return {
    fetch: withoutStandIn,
    wx: {
      ...(dialogue !== 'absent' && { requestFacialVerify }),
      ...(dialogue === 'old' && { getAppBaseInfo: () => ({ SDKVersion: '3.8.11', language: 'zh_CN' }) }),
    },
  }
}

const withoutStandIn: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (!new URL(String(input)).pathname.endsWith('/face-checks') || !response.ok) return response
  return Response.json({ ...((await response.json()) as object), bridgePage: null }, response)
}
