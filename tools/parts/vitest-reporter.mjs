import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Characters of an error that stand beside the name of what failed, at the end of the run. */
const whyLengthMax = 300;

/** The first words of what went wrong and where in our own code, on one line. */
function why(errors = []) {
  const [error] = errors;
  if (!error) return '';
  const at = error.stacks?.[0];
  const where = at ? ` (${relative(process.cwd(), at.file)}:${at.line})` : '';
  const line = (text) =>
    stripVTControlCharacters(String(text)).replaceAll(/\s+/g, ' ').slice(0, whyLengthMax);
  // A message abbreviates lists; what was there instead stands beside it.
  const instead = error.actual === undefined ? '' : `, there was ${line(error.actual)}`;
  return `: ${line(error.message)}${instead}${where}`;
}

/** Writes what ran to $PARVIS_TEST_RESULTS: counts, and by name what failed and what was skipped and why. */
export default class Results {
  onTestRunEnd(modules, unhandled) {
    const results = { passed: 0, failed: [], skipped: [] };
    for (const one of modules) {
      const file = relative(process.cwd(), one.moduleId);
      for (const test of one.children.allTests()) {
        const { state, note, errors } = test.result();
        const name = `${file} > ${test.fullName}`;
        if (state === 'passed') results.passed += 1;
        else if (state === 'failed') results.failed.push(`${name}${why(errors)}`);
        else results.skipped.push({ name, why: note ?? `marked ${test.options.mode ?? 'skip'}` });
      }
      // A file that does not load, or a hook of it that fails, has no test to blame.
      if (one.errors().length > 0) results.failed.push(`${file} (the file itself)${why(one.errors())}`);
      for (const suite of one.children.allSuites()) {
        if (suite.errors().length > 0)
          results.failed.push(`${file} > ${suite.fullName} (the group itself)${why(suite.errors())}`);
      }
    }
    for (const error of unhandled) results.failed.push(`outside of any test: ${error.message}`);
    writeFileSync(process.env.PARVIS_TEST_RESULTS, JSON.stringify(results));
  }
}
