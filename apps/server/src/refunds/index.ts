/** 门诊预交金退款: cases, legs, expiry, reissue, offline applications, 台账. */
export { refundsEvents } from './refunds-events.ts'
