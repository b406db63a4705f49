/** （五）and the sensitive data of （四）: verify orders, results, grants; the face page's branch; the skip rule. */
export type { FaceCheck, FacePerson, StartedFaceCheck } from './face-check-port.ts'
