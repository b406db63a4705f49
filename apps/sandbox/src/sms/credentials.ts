/** What a gateway is configured with. Fixed, made up, and worth nothing outside the sandbox. */
export const SMS_GATEWAY = {
  keyId: 'sandbox-sms-gateway',
  secret: 'sandbox-sms-gateway-secret-0001',
  /** Behind the simulator's base URL. */
  path: '/messages',
} as const
