import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Writes what ran to $PARVIS_TEST_RESULTS: counts, and by name what failed and what was skipped and why. */
export default class Results {
  onTestRunEnd(modules, unhandled) {
    const results = { passed: 0, failed: [], skipped: [] };
    for (const one of modules) {
      const file = relative(process.cwd(), one.moduleId);
      for (const test of one.children.allTests()) {
        const { state, note } = test.result();
        const name = `${file} > ${test.fullName}`;
        if (state === 'passed') results.passed += 1;
        else if (state === 'failed') results.failed.push(name);
        else results.skipped.push({ name, why: note ?? `marked ${test.options.mode ?? 'skip'}` });
      }
      // A file that does not load, or a hook of it that fails, has no test to blame.
      if (one.errors().length > 0) results.failed.push(`${file} (the file itself)`);
      for (const suite of one.children.allSuites()) {
        if (suite.errors().length > 0) results.failed.push(`${file} > ${suite.fullName} (the group itself)`);
      }
    }
    for (const error of unhandled) results.failed.push(`outside of any test: ${error.message}`);
    writeFileSync(process.env.PARVIS_TEST_RESULTS, JSON.stringify(results));
  }
}
