/** （五）and the sensitive data of （四）: verify orders, results, grants; the face page's branch; the skip rule. */
export type { FaceCheck, FacePerson, StartedFaceCheck } from './face-check-port.ts'
export { registerVerificationRoutes } from './routes.ts'
export { sandboxFaceCheck } from './sandbox-face-check.ts'
