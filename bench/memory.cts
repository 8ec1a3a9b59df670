/** How much memory a process takes, seen from outside. */
import { readFile, writeFile } from 'node:fs/promises';
import { run } from '../scripts/lib/run.cts';

/** What a process occupied in main memory, in bytes. */
export interface MemoryUse {
	before: number;
	peak: number;
}

const SAMPLE_EVERY_MS = 50;

/**
 * Does some work and says what memory the process `pid` took meanwhile. Linux notes the peak itself;
 * elsewhere `ps` is asked again and again. Gives back `undefined` where neither is there (Windows).
 */
export async function memoryDuring(
	pid: number,
	work: () => Promise<void>,
): Promise<MemoryUse | undefined> {
	if (process.platform === 'linux') return await notedByLinux(pid, work);
	const before = await askedOfPs(pid);
	let peak = before ?? 0;
	const sampling = setInterval(() => {
		void askedOfPs(pid).then((bytes = 0) => (peak = Math.max(peak, bytes)));
	}, SAMPLE_EVERY_MS);
	try {
		await work();
	} finally {
		clearInterval(sampling);
	}
	return before === undefined ? undefined : { before, peak };
}

async function notedByLinux(pid: number, work: () => Promise<void>): Promise<MemoryUse> {
	// 5 resets the peak to what is occupied now (proc(5), clear_refs).
	await writeFile(`/proc/${pid}/clear_refs`, '5');
	const before = await statusOf(pid, 'VmRSS');
	await work();
	return { before, peak: await statusOf(pid, 'VmHWM') };
}

async function statusOf(pid: number, field: string): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const [, kilobytes] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
	return Number(kilobytes) * 1024;
}

async function askedOfPs(pid: number): Promise<number | undefined> {
	return await run('ps', ['-o', 'rss=', '-p', String(pid)])
		.then((kilobytes) => Number(kilobytes) * 1024)
		.catch(() => undefined);
}
