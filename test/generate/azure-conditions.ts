import fc from 'fast-check'

/** Random condition texts over a small world, in every spelling that the documentation shows. */

export const BLOB_READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
export const BLOB_WRITE = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'
export const ASSIGN = 'Microsoft.Authorization/roleAssignments/write'
export const GUIDS = ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'acdd72a7-3385-48ef-bd42-f606fba81ae7']

/** Attributes by source and name, with values that mean something to their operators and some that do not. */
export const ATTRIBUTES = {
  resource: {
    'Microsoft.Storage/storageAccounts/blobServices/containers:name': ['logs', 'Logs', 'lo', ['logs', 'x']],
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>': [
      'Cascade',
      'a*c?',
      ['Cascade', 'Baker'],
      5,
    ],
    'Microsoft.Storage/storageAccounts:isHnsEnabled': [true, false, 'true', 'maybe'],
    'Microsoft.Authorization/roleAssignments:RoleDefinitionId': [
      GUIDS[0],
      GUIDS[1]?.replaceAll('-', ''),
      'x',
    ],
  },
  request: {
    'Microsoft.Authorization/roleAssignments:RoleDefinitionId': [GUIDS[0], GUIDS, GUIDS[1]?.toUpperCase()],
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix': ['logs/', 'abcd', 10, 15],
  },
  principal: {
    'Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project': ['Cascade', ['Baker', 'Skagit']],
  },
  context: {
    UtcNow: ['2026-05-01T13:00:00Z', '2026-05-01T13:00:00.0000001Z', 'noon'],
    isPrivateLink: [true],
  },
} as const

const SOURCE = {
  resource: 'Resource',
  request: 'Request',
  principal: 'Principal',
  context: 'Environment',
} as const
type Member = keyof typeof SOURCE

const NAMES = (Object.keys(ATTRIBUTES) as Member[]).flatMap((source) =>
  Object.keys(ATTRIBUTES[source]).map((name) => `@${SOURCE[source]}[${name}]`),
)
const TEXTS = [
  "'logs'",
  "'Logs'",
  "'Cascade'",
  "'a*c?'",
  "'abcd'",
  "'log*'",
  "'lo?s'",
  "'a\\*c\\?'",
  "'true'",
]
const BARE = ['true', 'FALSE', '10', '15', '18', GUIDS[0] ?? '', (GUIDS[1] ?? '').replaceAll('-', '')]
const TIMES = ["'2026-05-01T13:00:00.0Z'", "'2026-05-01T13:00:00.0000002Z'"]

const compare = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']
const strings = ['Equals', 'StartsWith', 'Like'].flatMap((rest) => [rest, `Not${rest}`])
export const OPERATOR_NAMES = [
  ...strings.flatMap((rest) => [`String${rest}`, `String${rest}IgnoreCase`]),
  ...compare.flatMap((rest) => [`Numeric${rest}`, `DateTime${rest}`]),
  ...['Bool', 'Guid'].flatMap((domain) => [`${domain}Equals`, `${domain}NotEquals`]),
]

const cased = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(text, text, text, text.toLowerCase(), text.toUpperCase())
const attribute = fc.constantFrom(...NAMES).chain((name) =>
  // The key of a tag knows letter case, everything else of a name does not.
  name.includes('<') ? fc.constant(name) : fc.constantFrom(name, name, name.toLowerCase()),
)
const literal = fc.constantFrom(...TEXTS, ...BARE, ...TIMES)
const braced = fc.array(literal, { minLength: 1, maxLength: 3 }).map((list) => `{${list.join(', ')}}`)
const alike = (list: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...list)

/** Values that fit the operator, most of the time: a comparison of nonsense is unclear and shows little. */
function fitting(operator: string): fc.Arbitrary<string> {
  const fits = operator.startsWith('String')
    ? TEXTS
    : operator.startsWith('Numeric')
      ? ['10', '15', '18']
      : operator.startsWith('DateTime')
        ? TIMES
        : operator.startsWith('Bool')
          ? ['true', 'FALSE']
          : BARE.slice(5)
  const list = fc.array(alike(fits), { minLength: 1, maxLength: 3 }).map((values) => `{${values.join(',')}}`)
  return fc.oneof(
    { weight: 8, arbitrary: alike(fits) },
    { weight: 6, arbitrary: list },
    literal,
    attribute,
    braced,
  )
}

const comparison = fc
  .constantFrom(...OPERATOR_NAMES)
  .chain((operator) =>
    fc
      .tuple(
        fc.oneof({ weight: 5, arbitrary: attribute }, fitting(operator)),
        fc.constantFrom(
          '',
          '',
          'ForAnyOfAnyValues:',
          'ForAllOfAnyValues:',
          'ForAnyOfAllValues:',
          'ForAllOfAllValues:',
        ),
        cased(operator),
        fitting(operator),
      )
      .map(([left, quantifier, name, right]) => `${left} ${quantifier}${name} ${right}`),
  )
const guard = fc
  .tuple(
    cased('ActionMatches'),
    fc.constantFrom(BLOB_READ, ASSIGN, 'Microsoft.Authorization/*', 'microsoft.storage/*/READ', '*'),
  )
  .map(([name, pattern]) => `${name}{'${pattern}'}`)
const sub = fc.constantFrom(
  "SubOperationMatches{'Blob.List'}",
  "suboperationmatches{'Blob.Write.*', 'Blob.List'}",
)
const exists = attribute.map((name) => `Exists ${name}`)
const leaf = fc.oneof({ weight: 6, arbitrary: comparison }, { weight: 3, arbitrary: guard }, sub, exists)

const { tree } = fc.letrec<{ tree: string; group: string; part: string }>((tie) => ({
  part: fc.oneof(
    { weight: 5, arbitrary: leaf },
    { weight: 2, arbitrary: tie('group').map((inner) => `( ${inner} )`) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom('NOT ', '!', 'not '), leaf).map(([not, of]) => `${not}${of}`),
    },
    fc.tuple(fc.constantFrom('NOT', '!'), tie('group')).map(([not, of]) => `${not}(${of})`),
  ),
  group: fc.oneof(
    { weight: 2, arbitrary: leaf },
    fc
      .tuple(
        fc.array(tie('part'), { minLength: 2, maxLength: 3 }),
        fc.constantFrom(' AND ', ' OR ', ' && ', ' || ', ' and ', '\nOR\n'),
      )
      .map(([parts, joint]) => parts.join(joint)),
  ),
  tree: fc.oneof({ weight: 4, arbitrary: tie('group') }, { weight: 1, arbitrary: tie('part') }),
}))

/** The usual form: for other actions than the one named it says nothing. */
const guarded = fc
  .tuple(guard, sub, fc.boolean(), tree)
  .map(
    ([action, operation, narrow, of]) =>
      `((!(${action}${narrow ? ` AND NOT ${operation}` : ''})) OR (${of}))`,
  )

const unreadable = fc.constantFrom(
  `${NAMES[0] ?? ''} StringEquals 'logs' AND Exists ${NAMES[1] ?? ''} OR Exists ${NAMES[2] ?? ''}`,
  `(${NAMES[0] ?? ''} StringEquals`,
)

export const conditionText: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: tree },
  { weight: 8, arbitrary: guarded },
  unreadable,
)
