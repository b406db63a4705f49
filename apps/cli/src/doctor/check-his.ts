import { type Clock, systemClock } from '@zhangyi/core'
import { createHis, HisError } from '@zhangyi/his'
import { type Hospital, type Opener, readSecret } from '@zhangyi/server'
import { bad, type Finding, good } from './finding.ts'

/** Makes the HIS of one hospital as the gateway would, and asks whether it can serve. Nothing is changed there. */
export async function checkHis(
  { name, his }: Hospital,
  opener: Opener,
  clock: Clock = systemClock,
): Promise<Finding> {
  try {
    const port = await createHis(his, { clock, readSecret: (file) => readSecret(opener, file) })
    await port.probe()
    return good(`HIS（${name}）：有答复`)
  } catch (error) {
    if (!(error instanceof HisError)) return bad(`HIS（${name}）：${(error as Error).message}`)
    return bad(
      `HIS（${name}）：没有正常答复（${error.code}）。请确认地址、密钥和网络，再运行 npm run zhangyi -- his check`,
    )
  }
}
