import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const frontEnds = ['kiosk-widget', 'agent-console'];

/** `npm run build`: builds each front end as the Vite configurations in its folder say. */
const builds = frontEnds.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => /^vite(\..+)?\.config\.ts$/.test(name))
    .sort()
    .map((config) => ({ folder, config })),
);

let exitCode = 0;
for (const { folder, config } of builds) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
    cwd: join(root, folder),
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code === 0) continue;
  console.error(`${folder}/${config} could not be built.`);
  exitCode = 1;
}
process.exitCode = exitCode;
