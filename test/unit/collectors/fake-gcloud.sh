#!/usr/bin/env bash
# Stands for gcloud in the test of docs/import.md: prints the examples of test/golden/import/gcp.
set -euo pipefail
refused() {
  echo "ERROR: (gcloud.$1) PERMISSION_DENIED: The caller does not have permission" >&2
  exit 1
}
option() {
  local name=$1 each
  shift
  for each in "$@"; do case $each in "--$name="*) echo "${each#*=}" ;; esac; done
}
case "$*" in
  'organizations list '*) cat "$EXAMPLES/organizations.json" ;;
  'asset search-all-iam-policies '*) cat "$EXAMPLES/search-all-iam-policies.json" ;;
  'asset list '*) jq -s 'map({name, assetType: .asset_type, ancestors, resource} | select(.resource))' "$EXAMPLES/asset-export.jsonl" ;;
  'projects list '*) cat "$EXAMPLES/projects.json" ;;
  'iam roles describe roles/owner '*) refused iam.roles.describe ;;
  'iam roles describe roles/'*) jq -n --arg name "$4" '{$name, title: $name, includedPermissions: ["storage.objects.get"]}' ;;
  'identity groups memberships list '*)
    group=$(option group-email "$@")
    jq -cse --arg group "$group" 'map(select(.parameters.group == $group).response // empty) | first // empty' "$EXAMPLES/group-memberships.jsonl" ||
      refused identity.groups.memberships.list
    ;;
  'iam policies list '*)
    case $(option attachment-point "$@") in
      */projects/acme-prod) jq '.policies | .[:1]' "$EXAMPLES/deny-policies-listed.json" ;;
      *) echo '[]' ;;
    esac
    ;;
  'iam policies get '*) cat "$EXAMPLES/deny-policy.json" ;;
  *) refused "$1.$2" ;;
esac
