import { parseArgs } from 'node:util';
import { Stop } from './stop.mjs';

const help = `npm start -- [options]

  --port N             address http://localhost:N (default 8080, or the next free port)
  --data DIR           folder for all data (default .parvis in the checkout; also PARVIS_DATA)
  --profile PROFILE    embedded (default) or full: Keycloak, Redis, S3, ClamAV and LiveKit (npm run start:full)
  --public-url URL     address that people type, when a proxy stands in front
  --watch              build and restart when a source changes (npm run dev)
  --split              one process per service
  --stay               keep running when the process that started this one ends
  --json-ready FILE    write {url, pid, pids, dataFolder, …} to FILE when people can come in`;

/** The options of `npm start`, checked. */
export function startOptions(argv) {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        profile: { type: 'string', default: 'embedded' },
        'public-url': { type: 'string' },
        watch: { type: 'boolean', default: false },
        split: { type: 'boolean', default: false },
        stay: { type: 'boolean', default: false },
        'json-ready': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Stop(`${error.message.split('\n')[0]}\n\n${help}`);
  }
  if (values.help) return { help };
  if (!['embedded', 'full'].includes(values.profile)) {
    throw new Stop(`--profile is embedded or full, not "${values.profile}".`);
  }
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw new Stop(`--port is a number from 1 to 65535, not "${values.port}".`);
  }
  return {
    port,
    dataFolder: values.data,
    profile: values.profile,
    publicUrl: publicUrlOf(values['public-url'] ?? process.env.PARVIS_PUBLIC_URL),
    watch: values.watch,
    split: values.split,
    jsonReady: values['json-ready'],
  };
}

function publicUrlOf(given) {
  if (!given) return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/') return url.origin;
  throw new Stop(`The public URL is like https://parvis.example.org, without a path; not "${given}".`);
}
