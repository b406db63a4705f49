export {
  buildSandbox,
  type RunningSandbox,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from './build-sandbox.ts'
export { Faults } from './kit/faults.ts'
export { ManualOffsetClock } from './kit/sandbox-clock.ts'
