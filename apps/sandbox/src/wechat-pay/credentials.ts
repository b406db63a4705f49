/** The one merchant of the simulation. Test values only; the RSA keys are made at the first start. */
export const MCHID = '1900000109'
/** 32 bytes, as every APIv3 key. */
export const API_V3_KEY = 'zhangyi-sandbox-apiv3-key-000001'
