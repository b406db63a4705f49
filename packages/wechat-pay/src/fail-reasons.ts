export type FailGroup =
  | 'payee-identity'
  | 'payee-account'
  | 'payee-limit'
  | 'payee-bank-card'
  | 'merchant'
  | 'closed'
  | 'risk'
  | 'reservation'
  | 'other'

/**
 * - `counter`: never again by machine; the patient goes to the counter with documents.
 * - `patient-fixes`: the patient repairs the account in WeChat, then a new number.
 * - `wait-or-split`: next day or month, or smaller amounts by policy, then a new number.
 * - `other-account`: the patient chooses change (零钱) or another card, then a new number.
 * - `operator`: repair the merchant's configuration before anything else is sent.
 * - `reissue`: nothing is wrong with the payee; a new number may follow.
 * - `review`: a person decides.
 */
export type FailDuty =
  | 'counter'
  | 'patient-fixes'
  | 'wait-or-split'
  | 'other-account'
  | 'operator'
  | 'reissue'
  | 'review'

export interface FailReason {
  readonly group: FailGroup
  readonly duty: FailDuty
  /** Whether WeChat lists the code, or this client does not know it. */
  readonly known: boolean
}

const GROUPS: readonly (readonly [FailGroup, FailDuty, readonly string[]])[] = [
  [
    'payee-identity',
    'counter',
    ['NAME_NOT_CORRECT', 'ID_CARD_NOT_CORRECT', 'REAL_NAME_CHECK_FAIL', 'OPENID_INVALID'],
  ],
  [
    'payee-account',
    'patient-fixes',
    [
      'ACCOUNT_FROZEN',
      'ACCOUNT_NOT_EXIST',
      'PAYEE_ACCOUNT_ABNORMAL',
      'REALNAME_ACCOUNT_RECEIVED_QUOTA_EXCEED',
    ],
  ],
  [
    'payee-limit',
    'wait-or-split',
    [
      'TRANSFER_QUOTA_EXCEED',
      'DAY_RECEIVED_COUNT_EXCEED',
      'DAY_RECEIVED_QUOTA_EXCEED',
      'MONTH_RECEIVED_QUOTA_EXCEED',
      'BLOCK_B2C_USERLIMITAMOUNT_MONTH',
      'BLOCK_B2C_USERLIMITAMOUNT_BSRULE_MONTH',
    ],
  ],
  [
    'payee-bank-card',
    'other-account',
    [
      'BANK_CARD_ACCOUNT_ABNORMAL',
      'BANK_CARD_BANK_INFO_WRONG',
      'BANK_CARD_CARD_INFO_WRONG',
      'BANK_CARD_COLLECTIONS_ABOVE_QUOTA',
      'BANK_CARD_PARAM_ERROR',
      'BANK_CARD_STATUS_ABNORMAL',
    ],
  ],
  [
    'merchant',
    'operator',
    [
      'PAYER_ACCOUNT_ABNORMAL',
      'PRODUCT_AUTH_CHECK_FAIL',
      'RECEIVE_ACCOUNT_NOT_CONFIGURE',
      // The double M is WeChat's.
      'RECEIVE_ACCOUNT_NOT_PERMMIT',
      'MERCHANT_REJECT',
      'MERCHANT_NOT_CONFIRM',
      'TRANSFER_SCENE_INVALID',
      'TRANSFER_SCENE_UNAVAILABLE',
      'TRANSFER_REMARK_SET_FAIL',
    ],
  ],
  ['closed', 'reissue', ['OVERDUE_CLOSE', 'MCH_CANCEL']],
  ['risk', 'review', ['TRANSFER_RISK']],
  [
    'reservation',
    'review',
    [
      'EXCEEDED_ESTIMATED_AMOUNT',
      'RESERVATION_INFO_NOT_MATCH',
      'RESERVATION_SCENE_NOT_MATCH',
      'RESERVATION_STATE_INVALID',
    ],
  ],
  ['other', 'review', ['OTHER_FAIL_REASON_TYPE']],
]

/** Every `fail_reason` that WeChat is known to use; it may add others. */
export const FAIL_REASONS: ReadonlyMap<string, FailReason> = new Map(
  GROUPS.flatMap(([group, duty, codes]) => codes.map((code) => [code, { group, duty, known: true }])),
)

const OTHER: FailReason = { group: 'other', duty: 'review', known: false }

/** What a `fail_reason` of a failed transfer obliges to. Total: an unknown one goes to a person. */
export function explainFailReason(failReason: string | undefined): FailReason {
  return FAIL_REASONS.get(failReason ?? '') ?? OTHER
}
