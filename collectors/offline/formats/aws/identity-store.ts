import { ownString } from '../../../../graph/index.ts'
import { listing } from '../../listing.ts'
import { anyObject, listOf, record, text } from '../../record-shape.ts'

/** `aws identitystore list-users`. */
export const identityStoreUsers = listing({
  kind: 'aws.identity-store-users',
  cloud: 'aws',
  noun: ['Identity Center user', 'Identity Center users'],
  what: 'identity-center-members',
  lists: ['Users'],
  calls: ['identitystore:ListUsers', 'identitystore list-users'],
  looksLike: (row) => Object.hasOwn(row, 'IdentityStoreId') && Object.hasOwn(row, 'UserName'),
  row: record(
    { UserId: text, UserName: text },
    { IdentityStoreId: text, DisplayName: text, Name: anyObject, Emails: listOf(anyObject) },
  ),
  id: (row) => ownString(row, 'UserId'),
})

/** `aws identitystore list-groups`. */
export const identityStoreGroups = listing({
  kind: 'aws.identity-store-groups',
  cloud: 'aws',
  noun: ['Identity Center group', 'Identity Center groups'],
  what: 'identity-center-members',
  lists: ['Groups'],
  calls: ['identitystore:ListGroups', 'identitystore list-groups'],
  looksLike: (row) =>
    Object.hasOwn(row, 'IdentityStoreId') &&
    Object.hasOwn(row, 'GroupId') &&
    !Object.hasOwn(row, 'MembershipId'),
  row: record({ GroupId: text }, { DisplayName: text, IdentityStoreId: text, Description: text }),
  id: (row) => ownString(row, 'GroupId'),
})

/** `aws identitystore list-group-memberships`. */
export const identityStoreMemberships = listing({
  kind: 'aws.identity-store-memberships',
  cloud: 'aws',
  noun: ['group membership', 'group memberships'],
  what: 'identity-center-members',
  lists: ['GroupMemberships'],
  calls: ['ListGroupMemberships', 'list-group-memberships'],
  looksLike: (row) => Object.hasOwn(row, 'MembershipId'),
  row: record(
    { GroupId: text, MemberId: record({ UserId: text }) },
    { MembershipId: text, IdentityStoreId: text },
  ),
  id: (row) => ownString(row, 'MembershipId'),
})
