/** （五）and the sensitive data of （四）: verify orders, results, grants; the face page's branch; the skip rule. */

export { verificationHome } from './console/home-part.ts'
export { registerVerificationConsole } from './console/register-verification-console.ts'
export { type FaceAdvice, faceAdviceSchema } from './face/face-advice.ts'
export type { FacePurpose, FaceRoom, GrantedFacePurpose } from './face/face-check.ts'
export { type FacePerson, facePersonIndex, faceSubject } from './face/face-person.ts'
export { registerFaceRoutes } from './face/face-routes.ts'
export { connectNationalIdentity } from './face/ncidas/connect-national-identity.ts'
export type {
  NationalIdentity,
  NationalIdentityOptions,
  NcidasParameters,
  PhoneSystem,
} from './face/ncidas/national-identity.ts'
export { ncidasUrlOf } from './face/ncidas/ncidas-url.ts'
export type { StartedFaceCheck } from './face/open-face-check.ts'
export { type PassedFaceCheck, passedFaceCheck } from './face/passed-face-check.ts'
export { type FaceSettlement, settleFaceCheck } from './face/settle-face-check.ts'
export { startFaceCheck } from './face/start-face-check.ts'
export { type Consumption, consumeGrant } from './grants/consume-grant.ts'
export { findGrant } from './grants/find-grant.ts'
export type { Assurance, Grant, GrantSubject, VoidReason } from './grants/grant.ts'
export { issueGrant, type NewGrant } from './grants/issue-grant.ts'
export type { GrantRefusal, Wanted } from './grants/judge-grant.ts'
export { type Granted, requireGrant, type WantedOfPatient } from './grants/require-grant.ts'
export { type OperatorVoiding, voidByOperator } from './grants/void-by-operator.ts'
export { type Voiding, voidGrants } from './grants/void-grants.ts'
export { registerChangesConsole } from './personal-data/console/register-changes.ts'
export { personalDataWork } from './personal-data/personal-data-work.ts'
export { registerPersonalDataRoutes } from './personal-data/routes.ts'
export { PURPOSES, type Purpose, purposeFacts } from './purposes.ts'
export { registerVerificationRoutes } from './routes.ts'
export type {
  FallbackInput,
  GrantView,
  StartVerification,
  VerificationView,
} from './verification-view.ts'
export { voidOnChange } from './void-on-change.ts'
