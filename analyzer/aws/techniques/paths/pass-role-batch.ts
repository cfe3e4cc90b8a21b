import type { Technique } from '../technique.ts'

export const passRoleBatch: Technique = {
  id: 'pass-role.batch',
  label: 'pass role to Batch',
  says: 'may run a container of its own as {whom} in a Batch job queue',
  whom: { kind: 'passed-role', services: ['ecs-tasks.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'batch:RegisterJobDefinition', on: { any: 'arn:aws:batch:*:{account}:job-definition/*' } },
    { action: 'batch:SubmitJob', on: { any: 'arn:aws:batch:*:{account}:job-definition/*' } },
    { action: 'batch:SubmitJob', on: { any: 'arn:aws:batch:*:{account}:job/*' } },
    { action: 'batch:SubmitJob', on: { some: 'batch:job-queue' } },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html',
}
