/** What a hospital's client is configured with. Fixed, made up, and worth nothing outside the sandbox. */
export const HEALTH_CARD_APP = {
  appId: 'sandbox0health0card0app000000001',
  appSecret: 'sandbox-health-card-secret-0001',
  hospitalId: '90003',
} as const
