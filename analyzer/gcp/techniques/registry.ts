import type { Technique } from './technique.ts'
import { setOrganizationPolicy } from './paths/set-organization-policy.ts'
import { setFolderPolicy } from './paths/set-folder-policy.ts'
import { setProjectPolicy } from './paths/set-project-policy.ts'
import { mintToken } from './paths/mint-token.ts'
import { signToken } from './paths/sign-token.ts'
import { signBlob } from './paths/sign-blob.ts'
import { createKey } from './paths/create-key.ts'
import { grantItself } from './paths/grant-itself.ts'
import { attachToVm } from './paths/attach-to-vm.ts'
import { attachToFunction } from './paths/attach-to-function.ts'
import { attachToService } from './paths/attach-to-service.ts'
import { attachToJob } from './paths/attach-to-job.ts'
import { attachToBuild } from './paths/attach-to-build.ts'
import { attachToBatch } from './paths/attach-to-batch.ts'
import { attachToWorkflow } from './paths/attach-to-workflow.ts'
import { attachToSchedule } from './paths/attach-to-schedule.ts'
import { changeSchedule } from './paths/change-schedule.ts'
import { attachToTask } from './paths/attach-to-task.ts'
import { attachToTraining } from './paths/attach-to-training.ts'
import { attachToPipeline } from './paths/attach-to-pipeline.ts'
import { attachToTuning } from './paths/attach-to-tuning.ts'
import { attachToNotebookRun } from './paths/attach-to-notebook-run.ts'
import { attachToPrediction } from './paths/attach-to-prediction.ts'
import { attachToComposer } from './paths/attach-to-composer.ts'
import { attachToApp } from './paths/attach-to-app.ts'
import { updateFunction } from './paths/update-function.ts'
import { updateService } from './paths/update-service.ts'
import { updateJob } from './paths/update-job.ts'
import { overrideJob } from './paths/override-job.ts'
import { restartVm } from './paths/restart-vm.ts'
import { startVm } from './paths/start-vm.ts'
import { setMetadata } from './paths/set-metadata.ts'
import { setCommonMetadata } from './paths/set-common-metadata.ts'
import { osAdminLogin } from './paths/os-admin-login.ts'
import { osLogin } from './paths/os-login.ts'
import { setVmPolicy } from './paths/set-vm-policy.ts'
import { patchVm } from './paths/patch-vm.ts'
import { submitDataprocJob } from './paths/submit-dataproc-job.ts'
import { updateComposer } from './paths/update-composer.ts'
import { writeDag } from './paths/write-dag.ts'
import { debugApp } from './paths/debug-app.ts'
import { replaceImage } from './paths/replace-image.ts'
import { pushSource } from './paths/push-source.ts'
import { deployAsService } from './paths/deploy-as-service.ts'
import { redeployAsService } from './paths/redeploy-as-service.ts'
import { buildByDefault } from './paths/build-by-default.ts'
import { changeTrigger } from './paths/change-trigger.ts'
import { runPod } from './paths/run-pod.ts'
import { execPod } from './paths/exec-pod.ts'
import { createKubernetesToken } from './paths/create-kubernetes-token.ts'
import { readKubernetesSecret } from './paths/read-kubernetes-secret.ts'
import { forwardPort } from './paths/forward-port.ts'
import { escalateInCluster } from './paths/escalate-in-cluster.ts'
import { bindInCluster } from './paths/bind-in-cluster.ts'
import { mutatePods } from './paths/mutate-pods.ts'
import { trustOwnIssuer } from './paths/trust-own-issuer.ts'
import { updateRole } from './paths/update-role.ts'
import { createStorageKey } from './paths/create-storage-key.ts'
import { mintIdToken } from './paths/mint-id-token.ts'
import { delegate } from './paths/delegate.ts'
import { readSecret } from './paths/read-secret.ts'
import { decrypt } from './paths/decrypt.ts'
import { setDatabaseUsers } from './paths/set-database-users.ts'
import { setSecretPolicy } from './paths/set-secret-policy.ts'
import { setKeyPolicy } from './paths/set-key-policy.ts'
import { setBucketPolicy } from './paths/set-bucket-policy.ts'
import { setDatasetPolicy } from './paths/set-dataset-policy.ts'
import { setTablePolicy } from './paths/set-table-policy.ts'
import { setTopicPolicy } from './paths/set-topic-policy.ts'
import { setSpannerPolicy } from './paths/set-spanner-policy.ts'

/** Every technique. Of two that lead to the same end as surely, the earlier is told. */
export const TECHNIQUES: readonly Technique[] = [
  setOrganizationPolicy,
  setFolderPolicy,
  setProjectPolicy,
  mintToken,
  signToken,
  signBlob,
  createKey,
  grantItself,
  attachToVm,
  attachToFunction,
  attachToService,
  attachToJob,
  attachToBuild,
  attachToBatch,
  attachToWorkflow,
  attachToSchedule,
  changeSchedule,
  attachToTask,
  attachToTraining,
  attachToPipeline,
  attachToTuning,
  attachToNotebookRun,
  attachToPrediction,
  attachToComposer,
  attachToApp,
  updateFunction,
  updateService,
  updateJob,
  overrideJob,
  restartVm,
  startVm,
  setMetadata,
  setCommonMetadata,
  osAdminLogin,
  osLogin,
  setVmPolicy,
  patchVm,
  submitDataprocJob,
  updateComposer,
  writeDag,
  debugApp,
  replaceImage,
  pushSource,
  deployAsService,
  redeployAsService,
  buildByDefault,
  changeTrigger,
  runPod,
  execPod,
  createKubernetesToken,
  readKubernetesSecret,
  forwardPort,
  escalateInCluster,
  bindInCluster,
  mutatePods,
  trustOwnIssuer,
  updateRole,
  createStorageKey,
  mintIdToken,
  delegate,
  readSecret,
  decrypt,
  setDatabaseUsers,
  setSecretPolicy,
  setKeyPolicy,
  setBucketPolicy,
  setDatasetPolicy,
  setTablePolicy,
  setTopicPolicy,
  setSpannerPolicy,
]
