/**
 * `npm run bench`: the nodes in a real n8n, side by side with what a user would pick instead. Writes
 * bench/results.json and the tables of docs/performance.md. Says how the figures stand against the
 * bars; ends with 0 unless something did not run. `npm run bench -- sends trigger` measures only these
 * sections; the others keep the figures that they had.
 */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimFolder } from '../scripts/lib/cache.cts';
import { chosenNames } from '../scripts/lib/chosen.cts';
import { endOnSignals } from '../scripts/lib/ending.cts';
import { N8N_VERSION } from '../scripts/lib/n8n-install.cts';
import { REPOSITORY } from '../scripts/lib/package.cts';
import { type Progress, progressTo, seconds } from '../scripts/lib/progress.cts';
import { prepareToolchain, type Toolchain } from '../scripts/lib/stack.cts';
import { CONTACTS, measureContacts, SERVER_TIME_MS } from './contacts.cts';
import { FILE_BYTES, measureFile } from './file.cts';
import { measureLoad } from './load.cts';
import { BenchN8n } from './n8n.cts';
import { barLine, renderPerformance } from './report.cts';
import {
	type Measured,
	type Results,
	resultsOf,
	type SectionName,
	SECTIONS,
	type Sections,
} from './results.cts';
import { measureSends, SENDS } from './sends.cts';
import { measureTrigger } from './trigger.cts';
import { Vendor } from './vendor.cts';

const ROUNDS = { load: 11, sends: 7, contacts: 7, file: { ours: 5, httpRequest: 1 }, trigger: 5 };

const RESULTS = join(REPOSITORY, 'bench', 'results.json');
const DOCUMENT = join(REPOSITORY, 'docs', 'performance.md');

/** What this run measures. */
class Run {
	constructor(
		private readonly chosen: readonly SectionName[],
		private readonly toolchain: Toolchain,
		private readonly progress: Progress,
	) {}

	/** Gives back the new figures among those that there were before. */
	async results(before: Sections): Promise<Results> {
		const folder = await claimFolder('bench', { empty: true });
		try {
			const measured = {
				...(await this.load(join(folder.path, 'load'))),
				...(await this.actions(join(folder.path, 'actions'))),
				...(await this.trigger(join(folder.path, 'trigger'))),
			};
			await rm(folder.path, { recursive: true, force: true, maxRetries: 3 });
			const { version } = this.toolchain.node;
			return resultsOf(measured, { n8n: N8N_VERSION, node: version }, before);
		} catch (error) {
			this.progress.say(`n8n's data and log: ${folder.path}`);
			throw error;
		} finally {
			await folder.release();
		}
	}

	private async load(folder: string): Promise<Measured> {
		if (!this.chosen.includes('load')) return {};
		const load = await this.progress.step(
			`Six nodes, loaded ${ROUNDS.load} times`,
			async () => await measureLoad(this.toolchain, folder, ROUNDS.load),
		);
		return { load };
	}

	/** All that the action node does, in one n8n. */
	private async actions(folder: string): Promise<Measured> {
		if (this.chosen.every((name) => name === 'trigger' || name === 'load')) return {};
		const vendor = await Vendor.start();
		try {
			const n8n = await BenchN8n.start(this.toolchain, folder, this.progress);
			try {
				// The file first, because n8n keeps the memory that it once had.
				return {
					...(await this.file(n8n, vendor)),
					...(await this.sends(n8n, vendor)),
					...(await this.contacts(n8n, vendor)),
				};
			} finally {
				await n8n.stop();
			}
		} finally {
			await vendor.stop();
		}
	}

	private async file(n8n: BenchN8n, vendor: Vendor): Promise<Measured> {
		if (!this.chosen.includes('file')) return {};
		const file = await this.progress.step(
			`A file of ${FILE_BYTES / 1024 ** 2} MB, downloaded and sent on`,
			async () => await measureFile(n8n, vendor, ROUNDS.file),
		);
		return { file };
	}

	private async sends(n8n: BenchN8n, vendor: Vendor): Promise<Measured> {
		if (!this.chosen.includes('sends')) return {};
		const sends = await this.progress.step(
			`${SENDS} texts, four ways, ${ROUNDS.sends} rounds`,
			async () => await measureSends(n8n, vendor, ROUNDS.sends),
		);
		return { sends };
	}

	private async contacts(n8n: BenchN8n, vendor: Vendor): Promise<Measured> {
		if (!this.chosen.includes('contacts')) return {};
		const contacts = await this.progress.step(
			`Details of ${CONTACTS} contacts, ${SERVER_TIME_MS} ms an answer, ${ROUNDS.contacts} rounds`,
			async () => await measureContacts(n8n, vendor, ROUNDS.contacts),
		);
		return { contacts };
	}

	private async trigger(folder: string): Promise<Measured> {
		if (!this.chosen.includes('trigger')) return {};
		const { toolchain, progress } = this;
		return { trigger: await measureTrigger(toolchain, folder, progress, ROUNDS.trigger) };
	}
}

async function earlier(): Promise<Sections> {
	if (!existsSync(RESULTS)) return {};
	return (JSON.parse(await readFile(RESULTS, 'utf8')) as Results).sections;
}

async function main(): Promise<number> {
	const begin = Date.now();
	const progress = progressTo();
	try {
		const chosen = chosenNames(process.argv.slice(2), SECTIONS);
		const run = new Run(chosen, await prepareToolchain(progress), progress);
		const results = await run.results(await earlier());
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

endOnSignals();
void main().then((code) => process.exit(code));
