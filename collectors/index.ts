export * from './offline/format.ts'
