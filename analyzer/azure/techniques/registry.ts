import type { Technique } from './technique.ts'
import { roleAssignmentWrite } from './paths/role-assignment-write.ts'
import { updateRoleDefinition } from './paths/update-role-definition.ts'
import { trustOwnIssuer } from './paths/trust-own-issuer.ts'
import { runCommand } from './paths/run-command.ts'
import { vmExtension } from './paths/vm-extension.ts'
import { vmApplication } from './paths/vm-application.ts'
import { vmAdminLogin } from './paths/vm-admin-login.ts'
import { vmLogin } from './paths/vm-login.ts'
import { attachToVm } from './paths/attach-to-vm.ts'
import { scaleSetRunCommand } from './paths/scale-set-run-command.ts'
import { scaleSetExtension } from './paths/scale-set-extension.ts'
import { runRunbook } from './paths/run-runbook.ts'
import { scheduleRunbook } from './paths/schedule-runbook.ts'
import { runbookWebhook } from './paths/runbook-webhook.ts'
import { runbookSourceControl } from './paths/runbook-source-control.ts'
import { attachToAutomation } from './paths/attach-to-automation.ts'
import { webPublish } from './paths/web-publish.ts'
import { webPublishingProfile } from './paths/web-publishing-profile.ts'
import { webPublishingCredentials } from './paths/web-publishing-credentials.ts'
import { webConfig } from './paths/web-config.ts'
import { webWrite } from './paths/web-write.ts'
import { functionHostKeys } from './paths/function-host-keys.ts'
import { functionFiles } from './paths/function-files.ts'
import { attachToWeb } from './paths/attach-to-web.ts'
import { updateWorkflow } from './paths/update-workflow.ts'
import { attachToWorkflow } from './paths/attach-to-workflow.ts'
import { execContainer } from './paths/exec-container.ts'
import { attachToContainerGroup } from './paths/attach-to-container-group.ts'
import { containerAppConsole } from './paths/container-app-console.ts'
import { updateContainerApp } from './paths/update-container-app.ts'
import { attachToContainerApp } from './paths/attach-to-container-app.ts'
import { updateContainerJob } from './paths/update-container-job.ts'
import { updateRegistryTask } from './paths/update-registry-task.ts'
import { runRegistryTask } from './paths/run-registry-task.ts'
import { attachToRegistryTask } from './paths/attach-to-registry-task.ts'
import { runTraining } from './paths/run-training.ts'
import { attachToCompute } from './paths/attach-to-compute.ts'
import { attachToPolicy } from './paths/attach-to-policy.ts'
import { vaultAccessPolicy } from './paths/vault-access-policy.ts'
import { readSecret } from './paths/read-secret.ts'
import { storageKeys } from './paths/storage-keys.ts'
import { regenerateStorageKey } from './paths/regenerate-storage-key.ts'
import { storageLocalUser } from './paths/storage-local-user.ts'
import { cosmosKeys } from './paths/cosmos-keys.ts'
import { cosmosDataRole } from './paths/cosmos-data-role.ts'
import { setSqlAdministrator } from './paths/set-sql-administrator.ts'
import { resetSqlPassword } from './paths/reset-sql-password.ts'
import { setMysqlAdministrator } from './paths/set-mysql-administrator.ts'
import { setPostgresAdministrator } from './paths/set-postgres-administrator.ts'
import { serviceBusKeys } from './paths/service-bus-keys.ts'
import { registryAdmin } from './paths/registry-admin.ts'
import { registryToken } from './paths/registry-token.ts'
import { importImage } from './paths/import-image.ts'
import { clusterAdminCredential } from './paths/cluster-admin-credential.ts'
import { clusterRunCommand } from './paths/cluster-run-command.ts'
import { clusterPods } from './paths/cluster-pods.ts'
import { assignDirectoryRole } from './paths/assign-directory-role.ts'
import { addApplicationCredential } from './paths/add-application-credential.ts'
import { addPrincipalCredential } from './paths/add-principal-credential.ts'
import { ownApplication } from './paths/own-application.ts'
import { ownPrincipal } from './paths/own-principal.ts'
import { addMember } from './paths/add-member.ts'
import { ownGroup } from './paths/own-group.ts'
import { addSecurityMember } from './paths/add-security-member.ts'
import { addUnifiedMember } from './paths/add-unified-member.ts'
import { changeMembershipRule } from './paths/change-membership-rule.ts'
import { addRoleGroupMember } from './paths/add-role-group-member.ts'
import { resetSignIn } from './paths/reset-sign-in.ts'
import { resetPassword } from './paths/reset-password.ts'
import { addAccessPass } from './paths/add-access-pass.ts'
import { graphRoleManagementReadWriteDirectory } from './paths/graph-role-management-read-write-directory.ts'
import { graphRoleAssignmentScheduleReadWriteDirectory } from './paths/graph-role-assignment-schedule-read-write-directory.ts'
import { graphRoleEligibilityScheduleReadWriteDirectory } from './paths/graph-role-eligibility-schedule-read-write-directory.ts'
import { graphAppRoleAssignmentReadWriteAll } from './paths/graph-app-role-assignment-read-write-all.ts'
import { graphApplicationReadWriteAll } from './paths/graph-application-read-write-all.ts'
import { graphApplicationReadUpdateAll } from './paths/graph-application-read-update-all.ts'
import { graphGroupReadWriteAll } from './paths/graph-group-read-write-all.ts'
import { graphGroupMemberReadWriteAll } from './paths/graph-group-member-read-write-all.ts'
import { graphDirectoryReadWriteAll } from './paths/graph-directory-read-write-all.ts'
import { graphPrivilegedAccessReadWriteAzureAdgroup } from './paths/graph-privileged-access-read-write-azure-adgroup.ts'
import { graphPrivilegedAssignmentScheduleReadWriteAzureAdgroup } from './paths/graph-privileged-assignment-schedule-read-write-azure-adgroup.ts'
import { graphPrivilegedEligibilityScheduleReadWriteAzureAdgroup } from './paths/graph-privileged-eligibility-schedule-read-write-azure-adgroup.ts'
import { graphUserAuthenticationMethodReadWriteAll } from './paths/graph-user-authentication-method-read-write-all.ts'
import { graphUserAuthMethodTapReadWriteAll } from './paths/graph-user-auth-method-tap-read-write-all.ts'
import { graphUserPasswordProfileReadWriteAll } from './paths/graph-user-password-profile-read-write-all.ts'
import { graphDomainReadWriteAll } from './paths/graph-domain-read-write-all.ts'
import { graphOrganizationReadWriteAll } from './paths/graph-organization-read-write-all.ts'

/** Every technique. Of two that lead to the same end as surely, the earlier is told. */
export const TECHNIQUES: readonly Technique[] = [
  roleAssignmentWrite,
  updateRoleDefinition,
  trustOwnIssuer,
  runCommand,
  vmExtension,
  vmApplication,
  vmAdminLogin,
  vmLogin,
  attachToVm,
  scaleSetRunCommand,
  scaleSetExtension,
  runRunbook,
  scheduleRunbook,
  runbookWebhook,
  runbookSourceControl,
  attachToAutomation,
  webPublish,
  webPublishingProfile,
  webPublishingCredentials,
  webConfig,
  webWrite,
  functionHostKeys,
  functionFiles,
  attachToWeb,
  updateWorkflow,
  attachToWorkflow,
  execContainer,
  attachToContainerGroup,
  containerAppConsole,
  updateContainerApp,
  attachToContainerApp,
  updateContainerJob,
  updateRegistryTask,
  runRegistryTask,
  attachToRegistryTask,
  runTraining,
  attachToCompute,
  attachToPolicy,
  vaultAccessPolicy,
  readSecret,
  storageKeys,
  regenerateStorageKey,
  storageLocalUser,
  cosmosKeys,
  cosmosDataRole,
  setSqlAdministrator,
  resetSqlPassword,
  setMysqlAdministrator,
  setPostgresAdministrator,
  serviceBusKeys,
  registryAdmin,
  registryToken,
  importImage,
  clusterAdminCredential,
  clusterRunCommand,
  clusterPods,
  assignDirectoryRole,
  addApplicationCredential,
  addPrincipalCredential,
  ownApplication,
  ownPrincipal,
  addMember,
  ownGroup,
  addSecurityMember,
  addUnifiedMember,
  changeMembershipRule,
  addRoleGroupMember,
  resetSignIn,
  resetPassword,
  addAccessPass,
  graphRoleManagementReadWriteDirectory,
  graphRoleAssignmentScheduleReadWriteDirectory,
  graphRoleEligibilityScheduleReadWriteDirectory,
  graphAppRoleAssignmentReadWriteAll,
  graphApplicationReadWriteAll,
  graphApplicationReadUpdateAll,
  graphGroupReadWriteAll,
  graphGroupMemberReadWriteAll,
  graphDirectoryReadWriteAll,
  graphPrivilegedAccessReadWriteAzureAdgroup,
  graphPrivilegedAssignmentScheduleReadWriteAzureAdgroup,
  graphPrivilegedEligibilityScheduleReadWriteAzureAdgroup,
  graphUserAuthenticationMethodReadWriteAll,
  graphUserAuthMethodTapReadWriteAll,
  graphUserPasswordProfileReadWriteAll,
  graphDomainReadWriteAll,
  graphOrganizationReadWriteAll,
]
