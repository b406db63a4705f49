/** What a gateway is configured with. Fixed, made up, and worth nothing outside the sandbox. */
export const HOSPITAL_PAY = {
  merchantId: 'sandbox-hospital',
  secret: 'sandbox-hospital-payment-platform-secret',
} as const
