// Compiled, never run: the patient app's plain types must say exactly what the server's schemas say.
// `npx tsc -p .` fails at the line of a type that went astray.
import type { CardCodeView } from '../../apps/patient/src/api/card-code-types.ts'
import type { PersonalData, PersonalDataChange } from '../../apps/patient/src/api/personal-data-types.ts'
import type { CardCodeView as ServerCardCodeView } from '../../apps/server/src/card-code/card-code-view.ts'
import type {
  PersonalData as ServerPersonalData,
  PersonalDataChange as ServerPersonalDataChange,
} from '../../apps/server/src/verification/personal-data/personal-data-view.ts'

type Fixed<T> = T extends readonly (infer E)[]
  ? readonly Fixed<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Fixed<T[K]> }
    : T
/** True only if each can stand in for the other; `readonly` aside, which a phone adds on purpose. */
type Same<A, B> = [Fixed<A>] extends [Fixed<B>] ? ([Fixed<B>] extends [Fixed<A>] ? true : false) : false
type Holds<T extends true> = T

export type Contract = [
  Holds<Same<CardCodeView, ServerCardCodeView>>,
  Holds<Same<PersonalData, ServerPersonalData>>,
  Holds<Same<PersonalDataChange, ServerPersonalDataChange>>,
]
