export { memoryTokenStore, type StoredToken, type TokenStore } from '@zhangyi/core'
export type { Attempt, Call, Interpret } from './call/attempt-call.ts'
export { type CallerOptions, createCaller, TOKEN_ERRCODES, type WechatCaller } from './call/create-caller.ts'
export { failingKeyOf } from './call/mask-errmsg.ts'
export type { Members } from './call/parse-json.ts'
export type { Picture, Reply } from './call/read-reply.ts'
export { answerUrlCheck } from './callbacks/answer-url-check.ts'
export { type CallbackProblem, WechatCallbackError } from './callbacks/callback-error.ts'
export type { CallbackOptions, CallbackQuery } from './callbacks/callback-options.ts'
export { dedupeKey } from './callbacks/dedupe-key.ts'
export { encryptReply } from './callbacks/encrypt-reply.ts'
export { openCallback } from './callbacks/open-callback.ts'
export type { CallbackDocument, DocumentFormat } from './callbacks/read-document.ts'
export { readTemplateDelivery, type TemplateDelivery } from './callbacks/read-template-delivery.ts'
export { type FailureKind, type InputProblem, WechatError, WechatInputError } from './errors.ts'
export { certHash } from './face/cert-hash.ts'
export { FACE_ERRCODES, type FaceErrorAdvice, faceErrorAdvice } from './face/face-errcodes.ts'
export {
  FACE_PASSED,
  FACE_RESULTS,
  type FaceAction,
  type FaceResult,
  type FaceRow,
  faceResult,
} from './face/face-results.ts'
export { getVerifyId, type VerifyId, type VerifyIdRequest } from './face/get-verify-id.ts'
export { queryVerifyInfo, type VerifyInfoRequest } from './face/query-verify-info.ts'
export { generateUrlLink, type UrlLinkRequest } from './links/generate-url-link.ts'
export { type EnvVersion, getUnlimitedCode, type UnlimitedCodeRequest } from './links/get-unlimited-code.ts'
export { type WechatIdentity, WechatLoginError, type WechatLoginOptions } from './login/exchange-code.ts'
export { exchangeMiniProgramCode } from './login/exchange-mini-program-code.ts'
export { exchangeOAuthCode, oauthPage } from './login/exchange-oauth-code.ts'
export { LOGIN_ADVICE, type LoginAction, type LoginAdvice, loginAdvice } from './login/login-advice.ts'
export { amountValue } from './messages/format-numbers.ts'
export { momentValue } from './messages/format-times.ts'
export {
  type FormatRules,
  formatValue,
  VALUE_TYPES,
  type ValueType,
  valueTypeOf,
} from './messages/format-value.ts'
export {
  CHANNEL_ADVICE,
  channelAdvice,
  type MessageAction,
  type MessageAdvice,
  SUBSCRIBE_ADVICE,
  subscribeAdvice,
  TEMPLATE_ADVICE,
  templateAdvice,
} from './messages/message-advice.ts'
export {
  type ChannelField,
  type ChannelMessage,
  type ChannelOptions,
  type ChannelPage,
  type ChannelTemplate,
  sendChannelMessage,
} from './messages/send-channel-message.ts'
export { type SubscribeMessage, sendSubscribeMessage } from './messages/send-subscribe-message.ts'
export {
  type AcceptedMessage,
  type MiniProgramPage,
  sendTemplateMessage,
  type TemplateMessage,
} from './messages/send-template-message.ts'
export type { MessageText, TemplateRules, TemplateTexts } from './messages/template-data.ts'
export type { TransportOptions, WechatCallRecord } from './options.ts'
export {
  type AccessTokens,
  type AccessTokensOptions,
  createAccessTokens,
} from './token/create-access-tokens.ts'
export type { LeakedReplaced } from './token/replace-leaked.ts'
