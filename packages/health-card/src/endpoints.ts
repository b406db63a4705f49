const AUTH = '/rest/auth/HealthCard/HealthOpenAuth/AuthObj/'
const PLATFORM = '/rest/auth/HealthCard/HealthOpenPlatform/ISVOpenObj/'
const CARD_SERVER = '/rest/auth/TXHealthCard/EHealthCardServer/ISVOpenObj/'

/**
 * Every endpoint with its default path (families A, B, C of the contract) and whether it carries relateAppId and
 * relateOpenId. Both can be overridden by configuration: the portal is not public.
 */
export const ENDPOINTS = {
  getAppToken: { path: `${AUTH}getAppToken`, related: false },
  // The portal's reader says no for these two; one hospital passes an openid to its backend on them.
  registerHealthCardPreAuth: { path: `${PLATFORM}registerHealthCardPreAuth`, related: false },
  registerHealthCardPreFill: { path: `${PLATFORM}registerHealthCardPreFill`, related: false },
  getHealthCardByHealthCode: { path: `${PLATFORM}getHealthCardByHealthCode`, related: true },
  getRegInfoByCode: { path: `${PLATFORM}getRegInfoByCode`, related: true },
  registerUniformVerifyOrder: { path: `${PLATFORM}registerUniformVerifyOrder`, related: true },
  checkUniformVerifyResult: { path: `${CARD_SERVER}checkUniformVerifyResult`, related: true },
  getOrderInfoByOrderId: { path: `${PLATFORM}getOrderInfoByOrderId`, related: true },
  registerRealPersonAuthOrder: { path: `${PLATFORM}registerRealPersonAuthOrder`, related: true },
  reportHISData: { path: `${PLATFORM}reportHISData`, related: true },
  getDynamicQRCode: { path: `${PLATFORM}getDynamicQRCode`, related: true },
  getHealthCardByQRCode: { path: `${PLATFORM}getHealthCardByQRCode`, related: false },
  verifyQRCode: { path: `${PLATFORM}verifyQRCode`, related: false },
  getOrderIdByOutAppId: { path: `${PLATFORM}getOrderIdByOutAppId`, related: false },
  bindCardRelation: { path: `${PLATFORM}bindCardRelation`, related: false },
  saveScanQrField: { path: `${PLATFORM}saveScanQrField`, related: false },
} as const

export type Operation = keyof typeof ENDPOINTS
