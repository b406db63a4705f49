export * from './login.ts'
