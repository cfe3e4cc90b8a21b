import { format } from 'prettier'
import { expect, it } from 'vitest'
import * as constants from '../../../analyzer/risk/constants.ts'
import {
  CLASSIFICATION_KEYS,
  CLASSIFICATION_VALUES,
  JEWEL_KEYS,
} from '../../../analyzer/risk/crown-jewels.ts'

const words = (set: ReadonlySet<string>) => [...set].map((word) => `\`${word}\``).join(', ')

/** Every number of the model, in the order of the file: a new constant changes the page. */
function rows(): string {
  return Object.entries(constants)
    .filter(([name]) => name !== 'RISK_MODEL_VERSION')
    .flatMap(([name, value]) =>
      typeof value === 'number'
        ? [[name, value]]
        : Object.entries(value).map(([key, number]) => [`${name}.${key}`, number]),
    )
    .map(([name, value]) => `| \`${name}\` | ${value} |`)
    .join('\n')
}

/** The page as it must be; `npm test -- -u` writes it. */
const page = (): string => `# Risk of an identity

Version ${constants.RISK_MODEL_VERSION} of the model. The constants are those of \`analyzer/risk/constants.ts\`; a test writes them here.

Every identity gets a whole number from 0 to 100, made of four published sub-scores between 0 and 1, each with its reasons in
words:

- **reach**: the crown jewels it can reach. Each counts by the worst step of its best way (\`CERTAINTY_WEIGHTS\`) and less with
  every further hop (\`HOP_DECAY\`); the sum x gives x / (x + \`REACH_HALF\`).
- **blast**: what it administers or holds far-reaching rights in. Each scope once, by its type (\`BLAST_WEIGHTS\`,
  \`BLAST_PRODUCTION\`), rights short of administration by \`BLAST_PARTIAL\`; together 1 − Π (1 − share).
- **excess**: how much of what it holds is not used. All of it when it has not acted for \`EXCESS_DAYS\` days; otherwise unknown,
  as long as no usage data says more.
- **hygiene**: how easily it is taken over, from its findings by severity (\`HYGIENE_WEIGHTS\`), those left out that restate its
  power or that it is unused; together 1 − Π (1 − share).

With p the greater of reach and blast:

\`score = 100 · (1 − (1 − w₁ reach) (1 − w₂ blast) (1 − w₃ excess · p) (1 − w₄ hygiene · (f + (1 − f) p)))\`

with w of \`SUB_SCORE_WEIGHTS\` and f = \`HYGIENE_FLOOR\`: bad hygiene and unused rights matter by what can be lost. A disabled
identity counts by \`DISABLED\`.

What is unknown opens an interval. In \`low\` an unknown way, an assumed fact or finding, unknown excess and an unknown second
factor of a person count nothing; in \`high\` they count in full; in the score ways and assumptions count in part
(\`CERTAINTY_WEIGHTS.unknown\`, \`ASSUMED\`), excess and second factor nothing.

One more privilege, finding or way to a crown jewel never lowers a score; nothing known gives 0; no order of the input changes it.

## Constants

| Constant | Value |
| --- | --- |
${rows()}

## Crown jewels

A resource is a crown jewel when a tag or label says so: one of the keys ${words(CLASSIFICATION_KEYS)} with one of the
values ${words(CLASSIFICATION_VALUES)}, or one of the keys ${words(JEWEL_KEYS)} with \`true\`, \`yes\`, \`1\` or nothing. Case, and
whether words are joined by \`-\`, \`_\`, \`.\`, \`:\`, \`/\` or a space, does not matter. The operator names others with
\`--crown-jewel PATTERN\`, where \`*\` is any text and the whole name or id must match.

## Ways to a crown jewel

A way uses membership in a group, the service principal of an application, every \`can-become\` edge, access to data at the
level of reading or more, and administration. Whoever administers a container reaches the crown jewels in it at any depth, can
become the identities that live in it, and can use the identity that anything in it runs with. Users and groups that live in an
organization's directory are taken over only perhaps: in some clouds its administration is another thing. Ownership alone is no
way; where it is one, a \`can-become\` edge says so.

A way is as certain as its worst step. Of several ways the most certain counts, then the one with the fewest hops.
`

it('docs/risk.md describes the model with its constants', async () => {
  await expect(await format(page(), { parser: 'markdown' })).toMatchFileSnapshot('../../../docs/risk.md')
})
