/** The probe, a package with the barest possible node, installed as users install packages. */
import { join } from 'node:path';
import { npm } from '../scripts/lib/npm.cts';

const SOURCE = join(__dirname, 'probe');

/** Packs the probe and installs it beside what is installed in `<userFolder>/.n8n/nodes`. */
export async function installProbe(userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes');
	const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const printed = await npm(pack, { cwd: SOURCE });
	const [{ filename }] = JSON.parse(printed) as Array<{ filename: string }>;
	const options = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
	await npm(['install', `./${filename}`, ...options, '--prefer-offline'], { cwd: folder });
}
