export * from './cloud-analyzer.ts'
