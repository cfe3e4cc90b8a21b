import { accountNamed } from '../../../app/demo/aws/accounts.ts'
import { roleArn, userArn } from '../../../app/demo/aws/details.ts'
import { storyPerson } from '../../../app/demo/company/people.ts'
import type { Week } from '../../../app/demo/demo-file.ts'
import {
  CONTRACTOR,
  DATASET_READER,
  DATASET_RESOURCE,
  SYNC_APPLICATION,
  federatedMember,
  FEDERATION,
} from '../../../app/demo/stories/dataset-path.ts'
import { projectNamed } from '../../../app/demo/gcp/projects.ts'
import { LEAVER_ACCOUNT } from '../../../app/demo/stories/leaver.ts'
import { PAYROLL_PATH } from '../../../app/demo/stories/payroll-path.ts'
import { VENDOR_ACCOUNT, VENDOR_ROLE, vendorAccounts } from '../../../app/demo/stories/vendor.ts'

/** What an exact evaluation of the exports must find; `docs/demo.md` tells the stories in words. */
export type ExpectedStories = {
  /** E-mails of the people who reach the payroll bucket. */
  readonly payrollPeople: readonly string[]
  /** The path of story S1: resources in order. */
  readonly payrollPath: readonly string[]
  /** The path of story S2: from the guest to the dataset. */
  readonly datasetPath: readonly string[]
  readonly leaver: { readonly user: string; readonly entraId: string; readonly disabled: boolean }
  readonly vendorRoles: readonly string[]
  readonly vendorAccount: string
}

export function expectedStories(week: Week): ExpectedStories {
  const payroll = storyPerson('payrollLead').email
  const releases = [storyPerson('releaseEngineer').email, storyPerson('releaseLead').email]
  const leaver = storyPerson('leaver')
  return {
    payrollPeople: week === 1 ? [payroll] : [payroll, ...releases],
    payrollPath: Object.values(PAYROLL_PATH),
    datasetPath: [
      CONTRACTOR.id,
      SYNC_APPLICATION.objectId,
      SYNC_APPLICATION.servicePrincipalId,
      federatedMember(projectNamed(FEDERATION.project).number),
      DATASET_READER.email,
      DATASET_RESOURCE,
    ],
    leaver: {
      user: userArn(accountNamed(LEAVER_ACCOUNT), leaver.login),
      entraId: leaver.entraId,
      disabled: week === 2,
    },
    vendorRoles: vendorAccounts(week).map((name) => roleArn(accountNamed(name), VENDOR_ROLE)),
    vendorAccount: VENDOR_ACCOUNT,
  }
}
