#!/usr/bin/env bash
# Stands for the AWS command line in the test of docs/import.md: prints the examples of test/golden/import/aws.
set -euo pipefail
refused() {
  echo >&2
  echo "An error occurred ($1) when calling the $2 operation: $3" >&2
  exit 254
}
wrapped() { jq -c --arg call "$1" 'select(.call == $call) | .response' "$EXAMPLES/calls.jsonl" | head -n 1; }
case "$1 $2" in
  'sts get-caller-identity') echo 111122223333 ;;
  'configure get') echo eu-west-1 ;;
  'iam get-account-authorization-details') cat "$EXAMPLES/account-authorization-details.json" ;;
  'iam generate-credential-report') echo '{"State": "STARTED"}' ;;
  'iam get-credential-report') base64 "$EXAMPLES/credential-report.csv" ;;
  'organizations describe-organization') cat "$EXAMPLES/describe-organization.json" ;;
  'organizations list-roots') cat "$EXAMPLES/list-roots.json" ;;
  'organizations list-accounts') cat "$EXAMPLES/list-accounts.json" ;;
  'organizations list-accounts-for-parent')
    case "$4" in
      r-*) echo '{"Accounts": [{"Id": "444455556666", "Status": "ACTIVE"}]}' ;;
      *) echo '{"Accounts": [{"Id": "111122223333", "Status": "ACTIVE"}]}' ;;
    esac ;;
  'organizations list-organizational-units-for-parent')
    case "$4" in
      r-*) wrapped organizations:ListOrganizationalUnitsForParent ;;
      *) echo '{"OrganizationalUnits": []}' ;;
    esac ;;
  'organizations list-policies')
    case "$4" in
      SERVICE_*) cat "$EXAMPLES/list-policies.json" ;;
      *) echo '{"Policies": []}' ;;
    esac ;;
  'organizations describe-policy') cat "$EXAMPLES/describe-policy.json" ;;
  'organizations list-targets-for-policy') wrapped organizations:ListTargetsForPolicy ;;
  'sso-admin list-instances') cat "$EXAMPLES/list-instances.json" ;;
  'sso-admin list-permission-sets') echo arn:aws:sso:::permissionSet/ssoins-example/ps-example ;;
  'sso-admin describe-permission-set') cat "$EXAMPLES/describe-permission-set.json" ;;
  'sso-admin get-inline-policy-for-permission-set') wrapped sso-admin:GetInlinePolicyForPermissionSet ;;
  'sso-admin list-managed-policies-in-permission-set') wrapped sso-admin:ListManagedPoliciesInPermissionSet ;;
  'sso-admin list-accounts-for-provisioned-permission-set') echo 111122223333 ;;
  'sso-admin list-account-assignments') cat "$EXAMPLES/list-account-assignments.json" ;;
  'identitystore list-users') cat "$EXAMPLES/identity-store-users.json" ;;
  'identitystore list-groups') cat "$EXAMPLES/identity-store-groups.json" ;;
  'identitystore list-group-memberships') refused AccessDeniedException ListGroupMemberships 'not authorized' ;;
  'configservice select-aggregate-resource-config') cat "$EXAMPLES/select-aggregate-resource-config.json" ;;
  's3api list-buckets') printf 'ledger\topen\tsecret\n' ;;
  's3api get-bucket-policy')
    case "$4" in
      ledger) jq -c '.policy' "$EXAMPLES/resource-policies.jsonl" | head -n 1 ;;
      open) refused NoSuchBucketPolicy GetBucketPolicy 'The bucket policy does not exist' ;;
      *) refused AccessDenied GetBucketPolicy 'Access Denied' ;;
    esac ;;
  'secretsmanager list-secrets') echo arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf ;;
  'secretsmanager get-resource-policy') echo None ;;
  'kms list-keys' | 'lambda list-functions' | 'sns list-topics' | 'sqs list-queues') ;;
  'ram get-resource-shares' | 'ram list-resources' | 'ram get-resource-share-associations' | 'ram list-permission-associations' | 'ram get-permission')
    jq -c --arg call "$2" 'select(.command == $call) | .response' "$SHARES" | head -n 1 ;;
  *) refused UnknownOperation "$2" 'the test does not know this command' ;;
esac
