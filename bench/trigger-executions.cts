/** What n8n has executed, read from its SQLite database, so that asking costs n8n nothing. */
import { join } from 'node:path';
import { run } from '../scripts/lib/run.cts';
import { waitFor } from '../scripts/lib/wait.cts';

/** Executions of one workflow that have the same status. */
interface Group {
	workflowId: string;
	status: string;
	count: number;
	/** Callbacks that they were started for, of those that hold any: each item names its message once. */
	events: number;
	lastId: number;
	/** When the last one ended, in UTC: `2026-11-23 12:34:56.789`; null while they run. */
	stoppedAt: string | null;
}

/** Run by n8n's own Node: the one that runs the bench may be too old to have SQLite. */
const QUERY = `
	const { DatabaseSync } = require('node:sqlite');
	const [file, after] = process.argv.slice(1);
	const database = new DatabaseSync(file, { readOnly: true });
	const groups = database.prepare(\`
		SELECT workflowId, status, COUNT(*) AS count, MAX(id) AS lastId, MAX(stoppedAt) AS stoppedAt,
			SUM((LENGTH(data) - LENGTH(REPLACE(data, '"messageId":', ''))) / LENGTH('"messageId":')) AS events
		FROM execution_entity LEFT JOIN execution_data ON execution_data.executionId = id
		WHERE id > ? GROUP BY workflowId, status\`).all(Number(after));
	console.log(JSON.stringify(groups));
`;

const LONGEST_WAIT_MS = 60_000;

/** The executions of one n8n, in the order of their numbers. */
export class Executions {
	/** The last one that was counted. */
	private last = 0;

	/** `binary` is the Node that runs n8n, `userFolder` where n8n keeps its data. */
	constructor(
		private readonly binary: string,
		private readonly userFolder: string,
	) {}

	/** Counts from here on. */
	async begin(): Promise<void> {
		for (const { lastId } of await this.groups()) this.last = Math.max(this.last, lastId);
	}

	/**
	 * Waits until so many executions of each of these workflows (by id) have succeeded since `begin`,
	 * and gives back when the last of them ended, in milliseconds since the epoch. Throws for any
	 * execution more or less, failed, or of another workflow that is not in `running`.
	 *
	 * @param together workflows with several callbacks in an execution: their callbacks count
	 */
	async ended(
		expected: Record<string, number>,
		running: string[] = [],
		together: string[] = [],
	): Promise<number> {
		const wanted = Object.entries(expected).filter(([, count]) => count > 0);
		let found: Group[] = [];
		const done = () =>
			wanted.every(([id, count]) =>
				found.some(
					(group) => group.workflowId === id && group.status === 'success' && group.count >= count,
				),
			);
		await waitFor(
			async () => {
				const groups = await this.groups();
				found = groups
					.filter(({ workflowId }) => !running.includes(workflowId))
					.map((group) =>
						together.includes(group.workflowId) ? { ...group, count: group.events } : group,
					);
				return done() || undefined;
			},
			{ what: `executions ${JSON.stringify(expected)}`, timeoutMs: LONGEST_WAIT_MS, everyMs: 100 },
		).catch((error: Error) => {
			throw new Error(`${error.message}; there are ${JSON.stringify(found)}`);
		});
		const total = found.reduce((sum, { count }) => sum + count, 0);
		if (total !== wanted.reduce((sum, [, count]) => sum + count, 0)) {
			throw new Error(
				`n8n executed ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`,
			);
		}
		return Math.max(0, ...found.map(({ stoppedAt }) => asTime(stoppedAt)));
	}

	private async groups(): Promise<Group[]> {
		const file = join(this.userFolder, '.n8n', 'database.sqlite');
		const args = ['--no-warnings', '-e', QUERY, file, String(this.last)];
		return JSON.parse(await run(this.binary, args)) as Group[];
	}
}

function asTime(stoppedAt: string | null): number {
	return stoppedAt === null ? 0 : Date.parse(`${stoppedAt.replace(' ', 'T')}Z`);
}
