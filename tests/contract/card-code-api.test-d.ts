// Compiled, never run: the patient app's plain types must say exactly what the server's schemas say.
// `npx tsc -p .` fails at the line of a type that went astray.
import type { CardCodeView } from '../../apps/patient/src/api/card-code-types.ts'
import type { PersonalData, PersonalDataChange } from '../../apps/patient/src/api/personal-data-types.ts'
import type { CardCodeView as ServerCardCodeView } from '../../apps/server/src/card-code/card-code-view.ts'
import type {
  PersonalData as ServerPersonalData,
  PersonalDataChange as ServerPersonalDataChange,
} from '../../apps/server/src/verification/personal-data/personal-data-view.ts'
import type { Holds, Same } from './same.ts'

export type Contract = [
  Holds<Same<CardCodeView, ServerCardCodeView>>,
  Holds<Same<PersonalData, ServerPersonalData>>,
  Holds<Same<PersonalDataChange, ServerPersonalDataChange>>,
]
