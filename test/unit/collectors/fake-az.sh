#!/usr/bin/env bash
# Stands for the Azure command line in the test of docs/import.md: prints the examples of test/golden/import/azure.
set -euo pipefail
wrapped() {
  jq -cse --arg id "$2" 'map(select(.parameters | .id == $id or .group == $id).response) | first // empty' "$EXAMPLES/$1"
}
case "$*" in
  'account list --all') cat "$EXAMPLES/subscriptions.json" ;;
  'account show '*) jq -r '.[0].tenantId' "$EXAMPLES/subscriptions.json" ;;
  'account management-group show '*) cat "$EXAMPLES/management-group-tree.json" ;;
  'role assignment list --all --subscription '*) cat "$EXAMPLES/role-assignments.json" ;;
  'role definition list '*) cat "$EXAMPLES/role-definitions.json" ;;
  'resource list '*) cat "$EXAMPLES/resources.json" ;;
  'identity list '*) cat "$EXAMPLES/managed-identities.json" ;;
  'rest --url '*/providers/Microsoft.Authorization/roleEligibilityScheduleInstances\?*) cat "$EXAMPLES/role-eligibilities.json" ;;
  'rest --url '*/providers/Microsoft.Authorization/roleManagementPolicyAssignments\?*) cat "$EXAMPLES/role-policies.json" ;;
  'rest --url '*/policies/roleManagementPolicyAssignments\?*) cat "$EXAMPLES/directory-role-policies.json" ;;
  'rest --url '*/roleManagement/directory/roleEligibilityScheduleInstances) cat "$EXAMPLES/directory-role-eligibilities.json" ;;
  'rest --url '*/privilegedAccess/group/eligibilityScheduleInstances\?*) cat "$EXAMPLES/group-eligibilities.json" ;;
  'rest --url '*/administrativeUnits) cat "$EXAMPLES/administrative-units.json" ;;
  'rest --url '*/administrativeUnits/*/members) jq -c .response "$EXAMPLES/administrative-unit-members.jsonl" ;;
  'rest --url '*/denyAssignments\?*) cat "$EXAMPLES/deny-assignments.json" ;;
  'rest --url '*/users\?*skiptoken*) jq 'del(."@odata.nextLink") | .value[0].id = "second"' "$EXAMPLES/users-graph.json" ;;
  'rest --url '*/users\?*) cat "$EXAMPLES/users-graph.json" ;;
  'rest --url '*/roleDefinitions) cat "$EXAMPLES/directory-role-definitions.json" ;;
  'rest --url '*/roleAssignments) jq 'del(."@odata.nextLink")' "$EXAMPLES/directory-role-assignments.json" ;;
  'rest --url '*/appRoleAssignedTo) cat "$EXAMPLES/app-role-assignments.json" ;;
  'managedservices assignment list --subscription '*' --include-definition true') cat "$EXAMPLES/lighthouse-assignments.json" ;;
  'rest --url '*/oauth2PermissionGrants) cat "$EXAMPLES/delegated-permissions.json" ;;
  'ad group list') jq '.[0].groupTypes = []' "$EXAMPLES/groups.json" ;;
  'ad sp list --all') cat "$EXAMPLES/service-principals.json" ;;
  'ad app list --all') cat "$EXAMPLES/applications.json" ;;
  'ad group member list --group '*) wrapped group-members.jsonl "$6" ;;
  'ad app owner list --id '*) wrapped app-owners.json "$6" ;;
  'ad app federated-credential list --id '*) wrapped federated-credentials.jsonl "$6" ;;
  'ad sp owner list --id '*)
    echo 'ERROR: Insufficient privileges to complete the operation.' >&2
    exit 1
    ;;
  *)
    echo "ERROR: (UnknownCommand) $*" >&2
    exit 2
    ;;
esac
