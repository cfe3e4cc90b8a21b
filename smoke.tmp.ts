import { startMoto } from './test/fakes/aws/moto.ts'
import { startProxy } from './test/fakes/aws/proxy.ts'
import { buildOrganization } from './test/fakes/aws/organization.ts'
import { spawnSync, spawn } from 'node:child_process'
const moto = await startMoto()
const t = performance.now()
try {
const built = await buildOrganization(moto.url)
console.log('built', Math.round(performance.now()-t), built.accounts, built.policies.size)
const proxy = await startProxy(moto.url)
const t2 = performance.now()
const child = spawn(process.execPath, ['app/cli/bin.mjs','--data','/tmp/gomeisa/dc3','collect','aws','--role','OrganizationAccountAccessRole','--endpoint-url',proxy.url,'--region','us-east-1'],{stdio:'inherit'})
await new Promise(r=>child.on('exit',r))
console.log('collected', Math.round(performance.now()-t2), proxy.seen.length)
proxy.stop()
} finally { moto.stop() }
