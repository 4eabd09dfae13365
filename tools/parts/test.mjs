import { build } from './build.mjs';
import { runGates, staticTests } from './gates.mjs';
import { runJourney } from './journey.mjs';
import { endPrograms } from './processes.mjs';
import { countsOf, Tally } from './tally.mjs';
import { seconds } from './progress.mjs';
import { Stop } from './stop.mjs';
import { withTestDatabase } from './test-database.mjs';
import { runOnKeycloak } from './test-keycloak.mjs';
import { vitest } from './vitest.mjs';

const stages = ['static', 'unit', 'journey'];
const help = `npm test -- [--only=static|unit|journey] [--full] [arguments for vitest]

  --only=STAGE[,STAGE]  static (types, lint, format, boundaries, tidy), unit (with a real PostgreSQL), journey (in Chromium)
  --full                also the journey on the full profile: Keycloak, Redis, S3, ClamAV, LiveKit`;

function readOptions(argv) {
  const given = argv.find((argument) => argument.startsWith('--only='));
  const only = given ? given.slice('--only='.length).split(',') : stages;
  const unknown = only.filter((name) => !stages.includes(name));
  if (unknown.length > 0) throw new Stop(`There is no stage ${unknown.join(', ')}.\n\n${help}`);
  const rest = argv.filter((argument) => argument !== given && argument !== '--full');
  return { only, full: argv.includes('--full'), rest };
}

/** Runs the stages and returns the exit code. */
export async function test({ root, argv, progress, onEnd }) {
  if (argv.includes('--help')) {
    progress.say(help);
    return 0;
  }
  const options = readOptions(argv);
  const tally = new Tally();
  let stopped = false;
  onEnd((reason, times) => {
    stopped = true;
    if (times === 1) progress.say(`\n${reason}: stopping`);
    endPrograms(times === 1 ? 'SIGTERM' : 'SIGKILL');
  });
  const stage = async (name, act) => {
    if (stopped) return;
    progress.say(`\n— ${name}`);
    const at = Date.now();
    const results = await act().catch((error) => {
      progress.say(error instanceof Stop ? error.message : error.stack);
      return { failed: [`${name}: ${error.message.split('\n')[0]}`] };
    });
    tally.add(results);
    progress.say(`— ${name}: ${countsOf(results)} in ${seconds(Date.now() - at)}`);
  };
  const context = { root, progress, args: options.rest };
  if (options.only.includes('static')) await stage('static', () => runGates(context));
  if (options.only.includes('unit')) await stage('unit and integration', () => unit(context));
  if (options.full && options.only.includes('unit'))
    await stage('sign-in on Keycloak', () => runOnKeycloak(context));
  if (options.only.includes('journey')) {
    await stage('building', async () => {
      await progress.part('building', () => build({ root, progress }));
      return {};
    });
    await stage('journey', () => runJourney({ ...context, profile: 'embedded' }));
    if (options.full) await stage('journey, full profile', () => runJourney({ ...context, profile: 'full' }));
  }
  if (stopped) tally.add({ failed: ['stopped before the end'] });
  for (const line of tally.lines(Date.now() - progress.startedAt)) progress.say(line);
  return stopped ? 130 : tally.failed.length > 0 ? 1 : 0;
}

/** Everything that vitest runs beside a real PostgreSQL. The kits of other real parts start their own. */
function unit({ root, progress, args }) {
  return withTestDatabase({ root, progress }, (url) =>
    vitest({
      root,
      stage: 'unit and integration',
      args: [`--exclude=${staticTests}/**`, ...args],
      env: { PARVIS_TEST_DATABASE_URL: url },
    }),
  );
}
