import { WechatCallbackError } from './callback-error.ts'
import type { CallbackOptions, CallbackQuery } from './callback-options.ts'
import { checkSignature } from './check-signature.ts'

/**
 * The GET by which WeChat checks a new callback address: the text to answer, as text/plain and nothing else.
 * Throws `WechatCallbackError`.
 */
export function answerUrlCheck(options: CallbackOptions, query: CallbackQuery): string {
  const { signature, echostr } = query
  checkSignature(options, query, signature)
  // Answered to whoever asks with a good signature: plain characters only, so that it is no page of somebody's.
  if (typeof echostr !== 'string' || !/^[0-9A-Za-z+/=_-]{1,512}$/.test(echostr))
    throw new WechatCallbackError('malformed')
  return echostr
}
