/** How much processor time a process takes, seen from outside. */
import { readdir, readFile } from 'node:fs/promises';

/** What proc(5) counts in: hundredths of a second, on every Linux that Node runs on. */
const TICK_MS = 10;

/** Numbers of fields in /proc/<pid>/stat, as proc(5) counts them. */
const FIELDS = { group: 5, utime: 14, stime: 15, childrenUtime: 16, childrenStime: 17 };

/**
 * The processor time, in milliseconds, that the process group `pid` has taken so far: that of n8n
 * and of what it started. Gives back `undefined` where it cannot be read (not Linux).
 */
export async function cpuOf(pid: number): Promise<number | undefined> {
	if (process.platform !== 'linux') return undefined;
	const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const ticks = await Promise.all(
		processes.map(async (name) => {
			// It may have ended meanwhile; then its parent has the time.
			const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
			return stat === undefined ? 0 : ticksIn(stat, pid);
		}),
	);
	return ticks.reduce((sum, value) => sum + value, 0) * TICK_MS;
}

function ticksIn(stat: string, wanted: number): number {
	// The name of the program, the second field, may hold spaces and parentheses.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const field = (number: number) => Number(fields[number - 3]);
	const { group, utime, stime, childrenUtime, childrenStime } = FIELDS;
	if (field(group) !== wanted) return 0;
	return [utime, stime, childrenUtime, childrenStime].reduce((sum, n) => sum + field(n), 0);
}
