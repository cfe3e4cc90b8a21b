export * from './api.ts'
export * from './handlers.ts'
export * from './server.ts'
