/**
 * `npm run bench`: the node in a real n8n, side by side with what a user would pick instead. Writes
 * bench/results.json and the tables of docs/performance.md. Says how the figures stand against the
 * bars; ends with 0 unless something did not run.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimFolder } from '../scripts/lib/cache.cts';
import { N8N_VERSION } from '../scripts/lib/n8n-install.cts';
import { REPOSITORY } from '../scripts/lib/package.cts';
import { type Progress, progressTo, seconds } from '../scripts/lib/progress.cts';
import { prepareToolchain, type Toolchain } from '../scripts/lib/stack.cts';
import { CONTACTS, measureContacts, SERVER_TIME_MS } from './contacts.cts';
import { FILE_BYTES, measureFile } from './file.cts';
import { BenchN8n } from './n8n.cts';
import { barLine, renderPerformance } from './report.cts';
import { type Measured, type Results, resultsOf } from './results.cts';
import { measureSends, SENDS } from './sends.cts';
import { Vendor } from './vendor.cts';

const ROUNDS = { sends: 7, contacts: 7, file: { ours: 5, httpRequest: 1 } };

const RESULTS = join(REPOSITORY, 'bench', 'results.json');
const DOCUMENT = join(REPOSITORY, 'docs', 'performance.md');

async function measure(n8n: BenchN8n, vendor: Vendor, progress: Progress): Promise<Measured> {
	// First, because n8n keeps the memory that it once had.
	const file = await progress.step(
		`A file of ${FILE_BYTES / 1024 ** 2} MB, downloaded and sent on`,
		async () => await measureFile(n8n, vendor, ROUNDS.file),
	);
	const sends = await progress.step(
		`${SENDS} texts, four ways, ${ROUNDS.sends} rounds`,
		async () => await measureSends(n8n, vendor, ROUNDS.sends),
	);
	const contacts = await progress.step(
		`Details of ${CONTACTS} contacts, ${SERVER_TIME_MS} ms an answer, ${ROUNDS.contacts} rounds`,
		async () => await measureContacts(n8n, vendor, ROUNDS.contacts),
	);
	return { sends, contacts, file };
}

async function bench(toolchain: Toolchain, progress: Progress): Promise<Results> {
	const folder = await claimFolder('bench', { empty: true });
	try {
		const measured = await measureIn(folder.path, toolchain, progress);
		await rm(folder.path, { recursive: true, force: true, maxRetries: 3 });
		return resultsOf(measured, { n8n: N8N_VERSION, node: toolchain.node.version });
	} catch (error) {
		progress.say(`n8n's data and log: ${folder.path}`);
		throw error;
	} finally {
		await folder.release();
	}
}

/** Starts everything, measures, and ends everything. */
async function measureIn(
	folder: string,
	toolchain: Toolchain,
	progress: Progress,
): Promise<Measured> {
	const vendor = await Vendor.start();
	try {
		const n8n = await BenchN8n.start(toolchain, folder, progress);
		try {
			return await measure(n8n, vendor, progress);
		} finally {
			await n8n.stop();
		}
	} finally {
		await vendor.stop();
	}
}

async function main(): Promise<number> {
	const begin = Date.now();
	const progress = progressTo();
	try {
		const results = await bench(await prepareToolchain(progress), progress);
		await writeFile(RESULTS, `${JSON.stringify(results, null, '\t')}\n`);
		await writeFile(DOCUMENT, renderPerformance(await readFile(DOCUMENT, 'utf8'), results));
		progress.say(`\n${results.bars.map(barLine).join('\n')}\n`);
		progress.say(`bench/results.json and docs/performance.md are written.`);
		progress.say(`All that took ${seconds(Date.now() - begin)}.`);
		return 0;
	} catch (error) {
		console.error(`\nThe bench did not run through: ${(error as Error).message}`);
		return 1;
	}
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => process.exit(130));
}
void main().then((code) => process.exit(code));
