import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from './stop.mjs';

/** What the house is built and tested with. */
const nodeMajor = 24;
/** The oldest Node on which it is known to run. */
const nodeOldest = [22, 12];

const numbers = (version) => version.replace(/^v/, '').split('.').map(Number);
function atLeast(version, [major, minor]) {
  const [m = 0, n = 0] = numbers(version);
  return m > major || (m === major && n >= minor);
}

/** The Node brought by npm for this platform, or null. */
function broughtNode(root) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = join(
    root,
    'node_modules',
    `node-${system}-${process.arch}`,
    'bin',
    system === 'win' ? 'node.exe' : 'node',
  );
  return existsSync(file) ? file : null;
}

function versionOf(node) {
  const said = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return said.status === 0 ? said.stdout.trim() : null;
}

/**
 * The Node to run on: `$PARVIS_NODE`, this one if it is new enough, the one npm brought, or this one with a warning.
 * @throws Stop when there is none.
 */
export function chooseNode(root, progress) {
  const given = process.env.PARVIS_NODE;
  if (given) {
    const version = versionOf(given);
    if (version && atLeast(version, nodeOldest)) return given;
    throw new Stop(
      `PARVIS_NODE (${given}) is ${version ?? 'not a Node that runs'}: give the path of Node ${nodeMajor}, or unset it.`,
    );
  }
  if (atLeast(process.version, [nodeMajor, 0])) return process.execPath;
  const brought = broughtNode(root);
  if (brought && versionOf(brought)) return brought;
  const platform = `${process.platform} ${process.arch}`;
  if (atLeast(process.version, nodeOldest)) {
    progress.warn(
      `No Node ${nodeMajor} comes with Parvis for ${platform}: going on with ${process.version}.`,
    );
    return process.execPath;
  }
  throw new Stop(
    `No Node ${nodeMajor} comes with Parvis for ${platform}, and this one (${process.version}) is too old: ` +
      `install Node ${nodeMajor}, or name it in PARVIS_NODE.`,
  );
}
