import type { Verb } from '../verb.ts'
import { configureCheck } from '../policy/check.ts'
import { configureDiff } from '../policy/diff.ts'
import { configureExplain } from '../policy/explain.ts'
import { configureTest } from '../policy/test.ts'

export const policy: Verb = {
  configure(command, run) {
    command.usage('check|test|explain|diff [options]').addHelpText(
      'after',
      `
Cedar policies say what evidence a request takes. Nothing here touches a cloud
or the data directory; files are named. docs/policies.md has the forms.

Examples:
  gomeisa policy check policies/
  gomeisa policy test cases.json --policies policies/
  gomeisa policy explain ana prod-admin --catalogue catalogue.json --for 30m
  gomeisa policy diff shipped policies/ --catalogue catalogue.json`,
    )
    for (const configure of [configureCheck, configureTest, configureExplain, configureDiff]) {
      configure(command, run)
    }
  },
}
