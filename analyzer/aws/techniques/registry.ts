import type { Technique } from './technique.ts'
import { passRoleLambda } from './paths/pass-role-lambda.ts'
import { passRoleLambdaPermission } from './paths/pass-role-lambda-permission.ts'
import { passRoleLambdaEventSource } from './paths/pass-role-lambda-event-source.ts'
import { passRoleEc2 } from './paths/pass-role-ec2.ts'
import { passRoleEc2Spot } from './paths/pass-role-ec2-spot.ts'
import { passRoleEcsNewCluster } from './paths/pass-role-ecs-new-cluster.ts'
import { passRoleEcsServiceNewCluster } from './paths/pass-role-ecs-service-new-cluster.ts'
import { passRoleEcs } from './paths/pass-role-ecs.ts'
import { passRoleEcsService } from './paths/pass-role-ecs-service.ts'
import { passRoleEcsStartTask } from './paths/pass-role-ecs-start-task.ts'
import { passRoleGlueEndpoint } from './paths/pass-role-glue-endpoint.ts'
import { passRoleGlueJob } from './paths/pass-role-glue-job.ts'
import { passRoleGlueJobTrigger } from './paths/pass-role-glue-job-trigger.ts'
import { passRoleGlueJobUpdate } from './paths/pass-role-glue-job-update.ts'
import { passRoleGlueJobUpdateTrigger } from './paths/pass-role-glue-job-update-trigger.ts'
import { passRoleGlueSession } from './paths/pass-role-glue-session.ts'
import { passRoleCloudformation } from './paths/pass-role-cloudformation.ts'
import { passRoleStackSet } from './paths/pass-role-stack-set.ts'
import { passRoleStackSetUpdate } from './paths/pass-role-stack-set-update.ts'
import { passRoleCodebuild } from './paths/pass-role-codebuild.ts'
import { passRoleCodebuildBatch } from './paths/pass-role-codebuild-batch.ts'
import { passRoleSagemakerNotebookUrl } from './paths/pass-role-sagemaker-notebook-url.ts'
import { passRoleSagemakerNotebook } from './paths/pass-role-sagemaker-notebook.ts'
import { passRoleSagemakerTraining } from './paths/pass-role-sagemaker-training.ts'
import { passRoleSagemakerProcessing } from './paths/pass-role-sagemaker-processing.ts'
import { passRoleAppRunner } from './paths/pass-role-app-runner.ts'
import { passRoleCodeInterpreter } from './paths/pass-role-code-interpreter.ts'
import { passRoleDataPipeline } from './paths/pass-role-data-pipeline.ts'
import { passRoleStepFunctions } from './paths/pass-role-step-functions.ts'
import { passRoleScheduler } from './paths/pass-role-scheduler.ts'
import { passRoleSsmAutomation } from './paths/pass-role-ssm-automation.ts'
import { passRoleEmrServerless } from './paths/pass-role-emr-serverless.ts'
import { passRoleRolesAnywhere } from './paths/pass-role-roles-anywhere.ts'
import { passRoleBatch } from './paths/pass-role-batch.ts'
import { updateFunctionInvoke } from './paths/update-function-invoke.ts'
import { updateFunctionPermission } from './paths/update-function-permission.ts'
import { updateFunction } from './paths/update-function.ts'
import { updateFunctionLayer } from './paths/update-function-layer.ts'
import { updateAppRunner } from './paths/update-app-runner.ts'
import { invokeCodeInterpreter } from './paths/invoke-code-interpreter.ts'
import { updateStack } from './paths/update-stack.ts'
import { executeChangeSet } from './paths/execute-change-set.ts'
import { startBuild } from './paths/start-build.ts'
import { startBuildBatch } from './paths/start-build-batch.ts'
import { modifyInstanceUserData } from './paths/modify-instance-user-data.ts'
import { modifyLaunchTemplate } from './paths/modify-launch-template.ts'
import { sendSshKey } from './paths/send-ssh-key.ts'
import { updateGlueEndpoint } from './paths/update-glue-endpoint.ts'
import { openNotebook } from './paths/open-notebook.ts'
import { notebookLifecycle } from './paths/notebook-lifecycle.ts'
import { startSession } from './paths/start-session.ts'
import { sendCommand } from './paths/send-command.ts'
import { updateAssumeRolePolicy } from './paths/update-assume-role-policy.ts'
import { createAccessKey } from './paths/create-access-key.ts'
import { replaceAccessKey } from './paths/replace-access-key.ts'
import { createLoginProfile } from './paths/create-login-profile.ts'
import { updateLoginProfile } from './paths/update-login-profile.ts'
import { addUserToGroup } from './paths/add-user-to-group.ts'
import { attachUserPolicy } from './paths/attach-user-policy.ts'
import { putUserPolicy } from './paths/put-user-policy.ts'
import { attachRolePolicy } from './paths/attach-role-policy.ts'
import { putRolePolicy } from './paths/put-role-policy.ts'
import { attachGroupPolicy } from './paths/attach-group-policy.ts'
import { putGroupPolicy } from './paths/put-group-policy.ts'
import { createPolicyVersion } from './paths/create-policy-version.ts'
import { replacePolicyVersion } from './paths/replace-policy-version.ts'
import { setDefaultPolicyVersion } from './paths/set-default-policy-version.ts'
import { attachRolePolicyAssume } from './paths/attach-role-policy-assume.ts'
import { putRolePolicyAssume } from './paths/put-role-policy-assume.ts'
import { createPolicyVersionAssume } from './paths/create-policy-version-assume.ts'
import { attachRolePolicyTrust } from './paths/attach-role-policy-trust.ts'
import { putRolePolicyTrust } from './paths/put-role-policy-trust.ts'
import { createPolicyVersionTrust } from './paths/create-policy-version-trust.ts'
import { attachUserPolicyKey } from './paths/attach-user-policy-key.ts'
import { putUserPolicyKey } from './paths/put-user-policy-key.ts'
import { assumeRole } from './paths/assume-role.ts'

/** Every technique. Of two that lead to the same identity as surely, the earlier is told. */
export const TECHNIQUES: readonly Technique[] = [
  passRoleLambda,
  passRoleLambdaPermission,
  passRoleLambdaEventSource,
  passRoleEc2,
  passRoleEc2Spot,
  passRoleEcsNewCluster,
  passRoleEcsServiceNewCluster,
  passRoleEcs,
  passRoleEcsService,
  passRoleEcsStartTask,
  passRoleGlueEndpoint,
  passRoleGlueJob,
  passRoleGlueJobTrigger,
  passRoleGlueJobUpdate,
  passRoleGlueJobUpdateTrigger,
  passRoleGlueSession,
  passRoleCloudformation,
  passRoleStackSet,
  passRoleStackSetUpdate,
  passRoleCodebuild,
  passRoleCodebuildBatch,
  passRoleSagemakerNotebookUrl,
  passRoleSagemakerNotebook,
  passRoleSagemakerTraining,
  passRoleSagemakerProcessing,
  passRoleAppRunner,
  passRoleCodeInterpreter,
  passRoleDataPipeline,
  passRoleStepFunctions,
  passRoleScheduler,
  passRoleSsmAutomation,
  passRoleEmrServerless,
  passRoleRolesAnywhere,
  passRoleBatch,
  updateFunctionInvoke,
  updateFunctionPermission,
  updateFunction,
  updateFunctionLayer,
  updateAppRunner,
  invokeCodeInterpreter,
  updateStack,
  executeChangeSet,
  startBuild,
  startBuildBatch,
  modifyInstanceUserData,
  modifyLaunchTemplate,
  sendSshKey,
  updateGlueEndpoint,
  openNotebook,
  notebookLifecycle,
  startSession,
  sendCommand,
  updateAssumeRolePolicy,
  createAccessKey,
  replaceAccessKey,
  createLoginProfile,
  updateLoginProfile,
  addUserToGroup,
  attachUserPolicy,
  putUserPolicy,
  attachRolePolicy,
  putRolePolicy,
  attachGroupPolicy,
  putGroupPolicy,
  createPolicyVersion,
  replacePolicyVersion,
  setDefaultPolicyVersion,
  attachRolePolicyAssume,
  putRolePolicyAssume,
  createPolicyVersionAssume,
  attachRolePolicyTrust,
  putRolePolicyTrust,
  createPolicyVersionTrust,
  attachUserPolicyKey,
  putUserPolicyKey,
  assumeRole,
]
