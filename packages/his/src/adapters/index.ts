export type { HisCallRecord, OnHisCall } from './call/call-record.ts'
export { type ConfigProblem, HisConfigError } from './config-error.ts'
export type { AdapterContext } from './load/adapter-context.ts'
export { isHisPort, missingOf } from './load/check-port.ts'
export { createHis, type HisTools } from './load/create-his.ts'
export { type HisConfig, hisConfigSchema } from './load/his-config.ts'
export { HisAdapterError, loadHisAdapter } from './load/load-his-adapter.ts'
export type { HisMapping } from './mapping/mapping-schema.ts'
export { parseMapping } from './mapping/parse-mapping.ts'
export {
  duplicate,
  type KeyStore,
  memoryKeyStore,
  type RememberedRequest,
  rememberRequests,
} from './remember-requests.ts'
export { createRestHis, type HisGroup, type RestHisOptions } from './rest/create-rest-his.ts'
export { openApiDocument } from './rest/open-api.ts'
export { authHeaders, type RestAuth, signature as restSignature } from './rest/sign-request.ts'
export type { Charset } from './soap/charset.ts'
export { createSoapHis, type SoapHisOptions } from './soap/create-soap-his.ts'
export type { SoapStyle } from './soap/soap-style.ts'
