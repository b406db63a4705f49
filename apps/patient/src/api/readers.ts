import {
  count,
  flag,
  listOf,
  listOfKnown,
  oneOf,
  orNull,
  type Reader,
  record,
  text,
  Unreadable,
} from './read.ts'
import type { ArchiveField, FlowView, MeView, PatientView, Reason, Way } from './types.ts'

export const patientView: Reader<PatientView> = record({
  id: text,
  name: text,
  idType: text,
  idNumber: text,
  relation: text,
  isDefault: flag,
  verified: flag,
  card: oneOf('linked', 'offered-later', 'none'),
  visitCard: orNull(text),
})

export const meView: Reader<MeView> = record({
  hospital: record({ id: text, name: text, phone: text, counter: text }),
  channel: oneOf('mini-program', 'official-account'),
  consent: record({ version: text, accepted: flag }),
  patients: listOf(patientView),
  maxPatients: count,
  guardianUnderAge: count,
  wechatCodePage: orNull(text),
  platformHosts: listOf(text),
  developmentBridge: flag,
})

const common = { id: text, intent: oneOf('register', 'bind-card', 'add-patient', 'upgrade'), expiresAt: text }
const masked = { name: text, idNumber: text, isSelf: flag }
const archiveField: Reader<ArchiveField> = oneOf(
  'gender',
  'birthday',
  'nation',
  'phone',
  'address',
  'relation',
  'guardian',
)
const knownReason = oneOf(
  'verify-failed',
  'platform-unavailable',
  'platform-refused',
  'code-refused',
  'code-unknown',
  'his-unavailable',
  'his-refused',
  'other-person',
  'patient-limit',
  'expired',
)
const way: Reader<Way> = oneOf('retry', 'resume', 'visit-card', 'family', 'patients', 'counter', 'phone')

// A reason or way that only a newer gateway knows must not become an error page: the words get more
// general, and counter and phone are always a way.
const reason: Reader<Reason> = (value) => {
  try {
    return knownReason(value)
  } catch {
    text(value)
    return 'platform-refused'
  }
}
const ways: Reader<Way[]> = (value) => {
  const known = listOfKnown(way)(value)
  return known.length > 0 ? known : ['counter', 'phone']
}

const steps: { readonly [S in FlowView['step']]: Reader<Extract<FlowView, { step: S }>> } = {
  'open-platform': record({ ...common, step: oneOf('open-platform'), url: text }),
  form: record({ ...common, step: oneOf('form') }),
  waiting: record({ ...common, step: oneOf('waiting') }),
  'choose-archive': record({
    ...common,
    ...masked,
    step: oneOf('choose-archive'),
    archives: listOf(
      record({ key: text, visitCard: orNull(text), lastVisitOn: orNull(text), campus: orNull(text) }),
    ),
  }),
  'complete-archive': record({
    ...common,
    ...masked,
    step: oneOf('complete-archive'),
    known: listOfKnown(record({ field: archiveField, value: text })),
    missing: listOf(archiveField),
  }),
  done: record({ ...common, step: oneOf('done'), patient: patientView, cardPending: flag }),
  'ways-on': record({ ...common, step: oneOf('ways-on'), reason, ways, traceId: text }),
}

export const flowView: Reader<FlowView> = (value) => {
  const { step } = record({ step: text })(value)
  const reader = Object.entries(steps).find(([name]) => name === step)?.[1]
  if (!reader) throw new Unreadable(`step ${step}`)
  return reader(value)
}
