import type { Technique } from '../technique.ts'

export const passRoleEmrServerless: Technique = {
  id: 'pass-role.emr-serverless',
  label: 'pass role to EMR',
  says: 'may run a job of its own in a new EMR Serverless application as {whom}',
  whom: { kind: 'passed-role', services: ['emr-serverless.amazonaws.com'] },
  effect: 'become',
  needs: [
    { action: 'iam:PassRole', on: 'whom' },
    { action: 'emr-serverless:CreateApplication', on: '*' },
    {
      action: 'emr-serverless:StartJobRun',
      on: { any: 'arn:aws:emr-serverless:*:{account}:/applications/*' },
    },
  ],
  state: [],
  remedy: 'let iam:PassRole name the roles that are meant, with iam:PassedToService',
  source: 'https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/jobs-spark.html',
}
