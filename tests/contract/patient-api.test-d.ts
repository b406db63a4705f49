// Compiled, never run: the patient app's plain types must say exactly what the server's schemas say.
// `npx tsc -p .` fails at the line of a type that went astray.
import type {
  FaceCheckView,
  FaceOrder,
  FaceSettlement,
  NcidasCheckView,
  PhoneSystem,
} from '../../apps/patient/src/api/face-types.ts'
import type {
  CompleteInput,
  FlowView,
  FormInput,
  MeView,
  PatientView,
  PersonInput,
  StartInput,
} from '../../apps/patient/src/api/types.ts'
import type {
  FallbackInput,
  GrantView,
  SentCode,
  StartVerification,
  VerificationView,
} from '../../apps/patient/src/api/verification-types.ts'
import type * as enrolment from '../../apps/server/src/enrolment/index.ts'
import type * as patients from '../../apps/server/src/patients/index.ts'
import type { MeView as ServerMeView } from '../../apps/server/src/patients/me-view.ts'
import type { ErrorBody } from '../../apps/server/src/platform/http/error-body.ts'
import type * as national from '../../apps/server/src/verification/face/ncidas/national-identity.ts'
import type { StartedNcidasCheck } from '../../apps/server/src/verification/face/ncidas/start-ncidas-check.ts'
import type { StartedFaceCheck } from '../../apps/server/src/verification/face/open-face-check.ts'
import type { PlatformOrder } from '../../apps/server/src/verification/face/order/ask-order-person.ts'
import type { OrderSettlement } from '../../apps/server/src/verification/face/order/order-settlement.ts'
import type { sendCode } from '../../apps/server/src/verification/fallback/send-code.ts'
import type * as verification from '../../apps/server/src/verification/verification-view.ts'
import type { Holds, Same } from './same.ts'

export type Contract = [
  Holds<Same<MeView, ServerMeView>>,
  Holds<Same<PatientView, patients.PatientView>>,
  Holds<Same<FlowView, enrolment.FlowView>>,
  Holds<Same<StartInput, enrolment.StartInput>>,
  Holds<Same<PersonInput, enrolment.PersonInput>>,
  Holds<Same<FormInput, enrolment.FormInput>>,
  Holds<Same<CompleteInput, enrolment.CompleteInput>>,
  Holds<Same<FaceOrder, PlatformOrder>>,
  Holds<Same<FaceCheckView, StartedFaceCheck>>,
  Holds<Same<FaceSettlement, OrderSettlement>>,
  Holds<Same<NcidasCheckView, StartedNcidasCheck>>,
  Holds<Same<PhoneSystem, national.PhoneSystem>>,
  Holds<Same<VerificationView, verification.VerificationView>>,
  Holds<Same<GrantView, verification.GrantView>>,
  Holds<Same<StartVerification, verification.StartVerification>>,
  Holds<Same<FallbackInput, verification.FallbackInput>>,
  Holds<Same<SentCode, Awaited<ReturnType<typeof sendCode>>>>,
  Holds<
    Same<
      ErrorBody['error'],
      { code: string; message: string; traceId: string; fields: { field: string; message: string }[] }
    >
  >,
]
