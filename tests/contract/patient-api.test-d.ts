// Compiled, never run: the patient app's plain types must say exactly what the server's schemas say.
// `npx tsc -p .` fails at the line of a type that went astray.
import type {
  CompleteInput,
  FaceCheckView,
  FaceResultView,
  FlowView,
  FormInput,
  MeView,
  PatientView,
  PersonInput,
  StartInput,
} from '../../apps/patient/src/api/types.ts'
import type * as enrolment from '../../apps/server/src/enrolment/index.ts'
import type * as patients from '../../apps/server/src/patients/index.ts'
import type { MeView as ServerMeView } from '../../apps/server/src/patients/me-view.ts'
import type { ErrorBody } from '../../apps/server/src/platform/http/error-body.ts'
import type { settleFaceCheck, startFaceCheck } from '../../apps/server/src/verification/face-page.ts'

type Fixed<T> = T extends readonly (infer E)[]
  ? readonly Fixed<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Fixed<T[K]> }
    : T
/** True only if each can stand in for the other; `readonly` aside, which a phone adds on purpose. */
type Same<A, B> = [Fixed<A>] extends [Fixed<B>] ? ([Fixed<B>] extends [Fixed<A>] ? true : false) : false
type Holds<T extends true> = T

export type Contract = [
  Holds<Same<MeView, ServerMeView>>,
  Holds<Same<PatientView, patients.PatientView>>,
  Holds<Same<FlowView, enrolment.FlowView>>,
  Holds<Same<StartInput, enrolment.StartInput>>,
  Holds<Same<PersonInput, enrolment.PersonInput>>,
  Holds<Same<FormInput, enrolment.FormInput>>,
  Holds<Same<CompleteInput, enrolment.CompleteInput>>,
  Holds<Same<FaceCheckView, Awaited<ReturnType<typeof startFaceCheck>>>>,
  Holds<Same<FaceResultView, Awaited<ReturnType<typeof settleFaceCheck>>>>,
  Holds<
    Same<
      ErrorBody['error'],
      { code: string; message: string; traceId: string; fields: { field: string; message: string }[] }
    >
  >,
]
