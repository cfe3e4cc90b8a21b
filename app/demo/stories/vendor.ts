import type { AwsAccount } from '../aws/accounts.ts'
import type { RoleWish } from '../aws/details.ts'
import { trustPrincipals } from '../aws/policy-document.ts'
import type { Week } from '../demo-file.ts'

/** Spendlight, the vendor that reads far too much: its AWS account. */
export const VENDOR_ACCOUNT = '999988887777'

/** Another vendor that does it properly, with an external id. */
export const CAREFUL_VENDOR_ACCOUNT = '888877776666'

/** A penetration tester of 2024, still trusted. */
export const FORMER_TESTER_ACCOUNT = '777766665555'

export const VENDOR_ROLE = 'spendlight-cost-insights'

const ALWAYS = ['search-prod', 'web-prod', 'ledger-prod']

/** Accounts that trust the vendor: week 2 adds payments. */
export function vendorAccounts(week: Week): string[] {
  return week === 1 ? ALWAYS : [...ALWAYS, 'payments-prod']
}

/** Roles that story S4 puts into the account, and the careful vendor for contrast. */
export function vendorRoles(account: AwsAccount, week: Week): RoleWish[] {
  const roles: RoleWish[] = []
  if (vendorAccounts(week).includes(account.name)) {
    roles.push({
      name: VENDOR_ROLE,
      trust: trustPrincipals(`arn:aws:iam::${VENDOR_ACCOUNT}:root`),
      managed: ['ReadOnlyAccess'],
      tags: { vendor: 'spendlight' },
      lastUsedDays: 1,
    })
  }
  if (account.name === 'product-staging') {
    roles.push({
      name: 'pentest-2024',
      trust: trustPrincipals(`arn:aws:iam::${FORMER_TESTER_ACCOUNT}:user/tester`),
      managed: ['ReadOnlyAccess'],
      lastUsedDays: 640,
    })
  }
  if (account.name === 'web-prod' || account.name === 'data-prod') {
    roles.push({
      name: 'observatory-metrics',
      trust: trustPrincipals(`arn:aws:iam::${CAREFUL_VENDOR_ACCOUNT}:root`, {
        StringEquals: { 'sts:ExternalId': 'lumenly-7c1e0b52' },
      }),
      managed: ['CloudWatchReadOnlyAccess'],
      tags: { vendor: 'observatory' },
      lastUsedDays: 0,
    })
  }
  return roles
}
