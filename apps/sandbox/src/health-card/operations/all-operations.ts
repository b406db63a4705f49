import type { Operation } from '../operation.ts'
import { bindCardRelation } from './bind-card-relation.ts'
import { checkUniformVerifyResult } from './check-uniform-verify-result.ts'
import { getAppToken } from './get-app-token.ts'
import { getDynamicQRCode } from './get-dynamic-qr-code.ts'
import { getHealthCardByHealthCode } from './get-health-card-by-health-code.ts'
import { getHealthCardByQRCode } from './get-health-card-by-qr-code.ts'
import { getOrderIdByOutAppId } from './get-order-id-by-out-app-id.ts'
import { getOrderInfoByOrderId } from './get-order-info-by-order-id.ts'
import { getRegInfoByCode } from './get-reg-info-by-code.ts'
import { registerHealthCard } from './register-health-card.ts'
import { registerHealthCardPreAuth } from './register-health-card-pre-auth.ts'
import { registerHealthCardPreFill } from './register-health-card-pre-fill.ts'
import { registerRealPersonAuthOrder } from './register-real-person-auth-order.ts'
import { registerUniformVerifyOrder } from './register-uniform-verify-order.ts'
import { reportHISData } from './report-his-data.ts'
import { saveScanQrField } from './save-scan-qr-field.ts'
import { verifyQRCode } from './verify-qr-code.ts'

export const OPERATIONS: readonly Operation[] = [
  getAppToken,
  registerHealthCardPreAuth,
  registerHealthCardPreFill,
  getHealthCardByHealthCode,
  getRegInfoByCode,
  registerUniformVerifyOrder,
  checkUniformVerifyResult,
  getOrderInfoByOrderId,
  registerRealPersonAuthOrder,
  reportHISData,
  getDynamicQRCode,
  getHealthCardByQRCode,
  verifyQRCode,
  getOrderIdByOutAppId,
  bindCardRelation,
  saveScanQrField,
  registerHealthCard,
]
