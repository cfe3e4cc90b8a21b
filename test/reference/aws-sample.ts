/**
 * Compares can, who-can and what-can with the reference interpreter on a random sample of a generated estate:
 * `node test/reference/aws-sample.ts FOLDER [TRIPLES] [SEED]` (a folder as `test/bench` and the import tests use it).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { awsAnalyzer } from '../../analyzer/aws/analyzer.ts'
import { nodeId, type Answer, type DecisionEngine } from '../../graph/index.ts'
import { tableFromPackage } from '../generate/aws-actions.ts'
import { folderSources, readerOf } from './aws-files.ts'
import { Reference } from './aws.ts'
import type { World } from './aws-world.ts'
import type { Word } from './aws-matching.ts'

export interface SampleResult {
  readonly triples: number
  readonly decisions: Readonly<Record<string, number>>
  /** The first differences, for people. */
  readonly differences: readonly string[]
}

/** A loaded estate, ready to be asked by both. */
export interface Compared {
  readonly engine: DecisionEngine
  readonly reference: Reference
}

const ACTIONS: readonly (readonly [pattern: RegExp, suffix: string, actions: readonly string[]])[] = [
  [/^arn:aws:s3:::/, '/k/a.json', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']],
  [/^arn:aws:s3:::/, '', ['s3:ListBucket', 's3:PutBucketPolicy', 's3:GetBucketLocation']],
  [/:sqs:/, '', ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:TagQueue']],
  [/:sns:/, '', ['sns:Publish', 'sns:ListTagsForResource']],
  [/:kms:/, '', ['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant']],
  [/:lambda:/, '', ['lambda:InvokeFunction', 'lambda:PublishVersion', 'lambda:UpdateFunctionCode']],
  [/:secretsmanager:/, '', ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']],
  [/:ecr:/, '', ['ecr:BatchGetImage', 'ecr:PutImage']],
  [/:role\//, '', ['sts:AssumeRole', 'iam:PassRole', 'iam:AttachRolePolicy', 'sts:TagSession']],
  [/:(user|policy)\//, '', ['iam:CreateAccessKey', 'iam:CreatePolicyVersion']],
  [/:dynamodb:/, '', ['dynamodb:GetItem', 'dynamodb:DeleteTable']],
]

/** `triples` questions in blocks of principals × (action, resource), so that who-can and what-can are asked too. */
export function compare({ engine, reference }: Compared, triples: number, seed: number): SampleResult {
  const random = mulberry(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const people = [...reference.people.keys()]
  const resources = reference.resourceArns()
  const byAccount = new Map<string, string[]>()
  for (const arn of people) byAccount.set(accountOf(arn), [...(byAccount.get(accountOf(arn)) ?? []), arn])
  const decisions: Record<string, number> = {}
  const differences: string[] = []
  let asked = 0
  while (asked < triples) {
    const home = pick([...byAccount.keys()])
    const who = Array.from({ length: 10 }, () => pick(random() < 0.8 ? byAccount.get(home)! : people))
    for (let i = 0; i < 5; i++) {
      const resource = pick(random() < 0.6 ? resources : byAccount.get(home)!)
      const [, suffix, actions] = pick(ACTIONS.filter(([pattern]) => pattern.test(resource)))
      const action = pick(actions)
      asked += check({ engine, reference }, who, action, resource + suffix, decisions, differences)
    }
  }
  return { triples: asked, decisions, differences: differences.slice(0, 20) }
}

/** Asks both for each principal, what-can only where asked to (it is the slowest); gives how many were asked. */
export function check(
  { engine, reference }: Compared,
  who: readonly string[],
  action: string,
  resource: string,
  decisions: Record<string, number>,
  differences: string[],
  whatCan: (arn: string) => boolean = () => true,
): number {
  const rows = new Map<string, Answer>()
  for (const row of engine.whoCan(action, resource)) {
    for (const principal of row.principals) rows.set(principal, row.answer)
  }
  for (const arn of who) {
    const wanted = reference.can(arn, action, resource)
    const expected =
      wanted.decision === 'unknown' ? `unknown, else ${NAMES[wanted.otherwise]}` : NAMES[wanted.decision]
    decisions[expected] = (decisions[expected] ?? 0) + 1
    const id = nodeId('aws', arn)
    const answer = engine.can(id, action, resource)
    const index = engine.universe.indexOf(action)
    const held = () => engine.whatCan(id, resource).filter((p) => index !== undefined && p.actions.has(index))
    const listed = rows.get(id)
    const told = {
      can: shown(answer),
      'who-can': listed === undefined ? 'denied' : shown(listed),
      ...(whatCan(arn)
        ? {
            'what-can':
              held()
                .map((p) => p.decision)
                .join() || 'denied',
          }
        : {}),
    }
    const bare = expected.startsWith('unknown') ? 'unknown' : expected
    for (const [verb, got] of Object.entries(told)) {
      if (got === expected || (verb === 'what-can' && got === bare)) continue
      differences.push(`${verb} ${arn} ${action} ${resource}: ${got}, reference ${expected}`)
    }
  }
  return who.length
}

const NAMES: Readonly<Record<Word, string>> = {
  yes: 'allowed',
  no: 'denied',
  if: 'allowed-if',
  unknown: 'unknown',
}

function shown(answer: Answer): string {
  return answer.decision === 'unknown' ? `unknown, else ${answer.otherwise}` : answer.decision
}

/** Loads a world from a folder for both. */
export async function loadFolder(folder: string): Promise<Compared> {
  const read = (...path: readonly string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'))
  const world: World = {
    organization: read('org.json'),
    accounts: readdirSync(join(folder, 'accounts')).map((id) => ({
      id,
      gaad: read('accounts', id, 'gaad.json'),
      resources: read('accounts', id, 'resources.json'),
    })),
  }
  const loaded = await awsAnalyzer.load(readerOf(folderSources(folder)))
  const engine = awsAnalyzer.engine(loaded.state, new Map(loaded.nodes.map((node) => [node.id, node])))
  return { engine, reference: new Reference(world, (await tableFromPackage()).rcpServices) }
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}

function mulberry(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = '', triples = '2000', seed = '1'] = process.argv.slice(2)
  const start = performance.now()
  const result = compare(await loadFolder(folder), Number(triples), Number(seed))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  process.stdout.write(`${JSON.stringify({ ...result, seconds }, null, 1)}\n`)
  process.exitCode = result.differences.length === 0 ? 0 : 1
}
