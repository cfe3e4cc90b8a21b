import type { Verb } from '../verb.ts'

/** A verb is loaded only when it is asked for: a question must not wait for code that it does not use. */
export interface VerbRow {
  readonly name: string
  readonly summary: string
  load(): Promise<Verb>
}

/** Every verb, in the order of `gomeisa --help`. */
export const VERBS: readonly VerbRow[] = [
  {
    name: 'demo',
    summary: 'try it on an invented company: no account, no network',
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'import',
    summary: 'take exports of your clouds into a snapshot',
    load: async () => (await import('./import.ts')).importVerb,
  },
  {
    name: 'analyze',
    summary: 'compute effective privilege, paths and findings',
    load: async () => (await import('./analyze.ts')).analyzeVerb,
  },
  {
    name: 'can',
    summary: 'may this principal do this action on this resource?',
    load: async () => (await import('./can.ts')).can,
  },
  {
    name: 'who-can',
    summary: 'who may do this action on this resource?',
    load: async () => (await import('./who-can.ts')).whoCan,
  },
  {
    name: 'what-can',
    summary: 'what may this principal do?',
    load: async () => (await import('./what-can.ts')).whatCan,
  },
  {
    name: 'explain',
    summary: 'the proof of an answer or a finding, down to the statement',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'findings',
    summary: 'what is wrong, worst first',
    load: async () => (await import('./findings.ts')).findings,
  },
  {
    name: 'report',
    summary: 'a report: terminal, JSON, JSON Lines, CSV or HTML',
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'serve',
    summary: 'explore it in the browser, on this machine only',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'doctor',
    summary: 'check this machine and this store',
    load: async () => (await import('./doctor.ts')).doctor,
  },
]
