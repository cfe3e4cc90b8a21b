import type { Verb } from '../verb.ts'

/** A verb is loaded only when it is asked for: a question must not wait for code that it does not use. */
export interface VerbRow {
  readonly name: string
  /** Its arguments, as the list of verbs shows them. */
  readonly takes: string
  /** What it does, a sentence without its period. */
  readonly summary: string
  /** Heading it stands under in the list of verbs. */
  readonly group: string
  load(): Promise<Verb>
}

const START = 'Start:'
const ASK = 'Ask:'
const REVIEW = 'Review:'
const ACCESS = 'Access:'
const BROKER = 'Broker:'
const CARE = 'Care:'

/** Every verb, in the order of `gomeisa --help`. */
export const VERBS: readonly VerbRow[] = [
  {
    name: 'demo',
    takes: '',
    summary: 'try it on an invented company: no account, no network',
    group: START,
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'import',
    takes: 'PATH…',
    summary: 'take exports of your clouds into a snapshot',
    group: START,
    load: async () => (await import('./import.ts')).importVerb,
  },
  {
    name: 'collect',
    takes: 'CLOUD',
    summary: 'read a cloud live into a snapshot',
    group: START,
    load: async () => (await import('./collect.ts')).collectVerb,
  },
  {
    name: 'analyze',
    takes: '',
    summary: 'compute effective privilege, paths and findings',
    group: START,
    load: async () => (await import('./analyze.ts')).analyzeVerb,
  },
  {
    name: 'can',
    takes: 'PRINCIPAL ACTION RESOURCE',
    summary: 'may this principal do this action on this resource?',
    group: ASK,
    load: async () => (await import('./can.ts')).can,
  },
  {
    name: 'who-can',
    takes: 'ACTION RESOURCE',
    summary: 'who may do this action on this resource?',
    group: ASK,
    load: async () => (await import('./who-can.ts')).whoCan,
  },
  {
    name: 'what-can',
    takes: 'PRINCIPAL',
    summary: 'what may this principal do?',
    group: ASK,
    load: async () => (await import('./what-can.ts')).whatCan,
  },
  {
    name: 'explain',
    takes: 'FINDING',
    summary: 'the proof of a finding or of an answer, down to the statement',
    group: ASK,
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'simulate',
    takes: 'CLOUD [FILE…]',
    summary: 'decide requests that carry their own policies, a line each',
    group: ASK,
    load: async () => (await import('./simulate.ts')).simulate,
  },
  {
    name: 'findings',
    takes: '',
    summary: 'what is wrong, worst first',
    group: REVIEW,
    load: async () => (await import('./findings.ts')).findings,
  },
  {
    name: 'report',
    takes: '',
    summary: 'everything in one piece: terminal, JSON, JSON Lines, CSV or HTML',
    group: REVIEW,
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'serve',
    takes: '',
    summary: 'explore it in the browser, on this machine only',
    group: REVIEW,
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'request',
    takes: '[ENTITLEMENT]',
    summary: 'ask for access for a time, see what it takes, list your requests',
    group: ACCESS,
    load: async () => (await import('./request.ts')).request,
  },
  {
    name: 'approve',
    takes: '[REQUEST…]',
    summary: 'approve what others ask for, several with one presence',
    group: ACCESS,
    load: async () => (await import('./approve.ts')).approve,
  },
  {
    name: 'deny',
    takes: 'REQUEST…',
    summary: 'deny what others ask for',
    group: ACCESS,
    load: async () => (await import('./deny.ts')).deny,
  },
  {
    name: 'grants',
    takes: '',
    summary: 'your grants, and until when they last',
    group: ACCESS,
    load: async () => (await import('./grants.ts')).grants,
  },
  {
    name: 'extend',
    takes: 'GRANT',
    summary: 'ask for more time',
    group: ACCESS,
    load: async () => (await import('./extend.ts')).extend,
  },
  {
    name: 'release',
    takes: 'GRANT|REQUEST',
    summary: 'give access back, or withdraw a request',
    group: ACCESS,
    load: async () => (await import('./release.ts')).release,
  },
  {
    name: 'kill',
    takes: 'person|device|grant NAME',
    summary: 'lock somebody out, end their grants, and watch until it is proven',
    group: BROKER,
    load: async () => (await import('./kill.ts')).kill,
  },
  {
    name: 'agent',
    takes: 'enroll|run|status',
    summary: 'make this machine a device of the broker, and hold its link',
    group: BROKER,
    load: async () => (await import('./agent.ts')).agent,
  },
  {
    name: 'broker',
    takes: 'run|invite|devices|lock|…',
    summary: "open the broker's ports, and keep its devices",
    group: BROKER,
    load: async () => (await import('./broker.ts')).broker,
  },
  {
    name: 'aws',
    takes: 'credentials GRANT',
    summary: 'credentials of a grant, as the tools of AWS take them',
    group: BROKER,
    load: async () => (await import('./aws.ts')).aws,
  },
  {
    name: 'gcp',
    takes: 'credentials GRANT',
    summary: "the token of a grant, as Google's libraries take it",
    group: BROKER,
    load: async () => (await import('./gcp.ts')).gcp,
  },
  {
    name: 'azure',
    takes: 'token GRANT',
    summary: 'an access token of a grant, as a managed identity gives it',
    group: BROKER,
    load: async () => (await import('./azure.ts')).azure,
  },
  {
    name: 'exec',
    takes: 'GRANT -- COMMAND…',
    summary: 'run a command with the access of a grant',
    group: BROKER,
    load: async () => (await import('./exec.ts')).exec,
  },
  {
    name: 'setup',
    takes: 'TOOL GRANT',
    summary: "write a grant into a tool's own configuration, with a backup",
    group: BROKER,
    load: async () => (await import('./setup.ts')).setup,
  },
  {
    name: 'policy',
    takes: 'check|test|explain|diff',
    summary: 'what requests take, who could approve, and whether policies may decide',
    group: BROKER,
    load: async () => (await import('./policy.ts')).policy,
  },
  {
    name: 'audit',
    takes: 'verify|export|key',
    summary: "check and export the broker's log, which shows every change to itself",
    group: BROKER,
    load: async () => (await import('./audit.ts')).audit,
  },
  {
    name: 'doctor',
    takes: '',
    summary: 'check this machine and this store',
    group: CARE,
    load: async () => (await import('./doctor.ts')).doctor,
  },
]
