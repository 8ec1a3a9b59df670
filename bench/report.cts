/** The tables of docs/performance.md. */
import { table } from '../scripts/lib/markdown.cts';
import { CONTACTS, SERVER_TIME_MS } from './contacts.cts';
import { FILE_BYTES } from './file.cts';
import type { Bar, Results } from './results.cts';
import { SENDS } from './sends.cts';

const BEGIN = '<!-- bench: begin, written by `npm run bench` -->';
const END = '<!-- bench: end -->';

const MB = 1024 * 1024;

/**
 * Gives back the document with its tables as these results have them.
 *
 * @param present the document; the tables stand between two comments
 * @throws Error when the comments are missing
 */
export function renderPerformance(present: string, results: Results): string {
	const begin = present.indexOf(BEGIN);
	const end = present.indexOf(END);
	if (begin < 0 || end < begin)
		throw new Error(`docs/performance.md lacks "${BEGIN}" and "${END}"`);
	return `${present.slice(0, begin)}${BEGIN}\n\n${tables(results)}\n\n${present.slice(end)}`;
}

/** One line for each bar, for the terminal. */
export function barLine({ what, value, limit, verdict }: Bar): string {
	return `${verdict.padEnd(12)} ${what}: ${value ?? '-'} (at most ${limit})`;
}

function tables(results: Results): string {
	const { date, versions, machine } = results;
	return [
		`Measured on ${date}: n8n ${versions.n8n} on Node ${versions.node}, ${machine.system}, ` +
			`${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB.`,
		`### ${SENDS.toLocaleString('en')} texts, server answers at once`,
		sendTable(results),
		`### Details of ${CONTACTS.toLocaleString('en')} contacts, server takes ${SERVER_TIME_MS} ms`,
		contactTable(results),
		`### A file of ${FILE_BYTES / MB} MB, downloaded and sent on`,
		fileTable(results),
		'### Bars',
		table(
			['What', 'Measured', 'At most', ''],
			results.bars.map(({ what, value, limit, verdict }) => [
				what,
				value === undefined ? '' : String(value),
				String(limit),
				verdict,
			]),
		),
	].join('\n\n');
}

function sendTable({ medians, rounds }: Results): string {
	const { sends } = medians;
	const row = (label: string, way: keyof typeof sends) => [
		label,
		seconds(sends[way].nodeMs),
		times(sends[way].nodeMs / sends.bareLoop.nodeMs),
		times(sends[way].nodeMs / sends.httpRequest.nodeMs),
		range(rounds.sends[way].map(({ nodeMs }) => nodeMs)),
	];
	return table(
		['', 'Time', 'Of the bare loop', 'Of HTTP Request', 'Fastest to slowest round'],
		[
			row('Eyun WeChat, one at a time', 'oneAtATime'),
			row('Eyun WeChat, *Concurrency* 5', 'concurrency5'),
			row('Bare loop over `httpRequestWithAuthentication`', 'bareLoop'),
			row('HTTP Request with Header Auth', 'httpRequest'),
		],
	);
}

function contactTable({ medians, rounds }: Results): string {
	const { contacts } = medians;
	const row = (label: string, way: keyof typeof contacts) => [
		label,
		String(contacts[way].calls),
		String(contacts[way].maxInFlight),
		seconds(contacts[way].nodeMs),
		times(contacts[way].nodeMs / contacts.httpRequest.nodeMs),
		range(rounds.contacts[way].map(({ nodeMs }) => nodeMs)),
	];
	return table(
		['', 'Calls', 'In flight at most', 'Time', 'Of HTTP Request', 'Fastest to slowest round'],
		[row('Eyun WeChat, *Contact: Get*', 'ours'), row('HTTP Request', 'httpRequest')],
	);
}

function fileTable({ medians, rounds }: Results): string {
	const { file } = medians;
	const row = (label: string, way: keyof typeof file) => {
		const peaks = rounds.file[way].flatMap(({ grownBytes }) => grownBytes ?? []);
		const worst = peaks.length > 0 ? Math.max(...peaks) : undefined;
		return [
			label,
			worst === undefined ? 'not measured' : `${Math.round(worst / MB)} MB`,
			worst === undefined ? '' : (worst / FILE_BYTES).toFixed(2),
			seconds(file[way].wallMs),
		];
	};
	return table(
		['', 'Memory more at the peak', 'In files', 'Time'],
		[
			row('Eyun WeChat: *Download Media*, then *Send File* with the binary field', 'ours'),
			row('HTTP Request, Extract from File, then HTTP Request with base64', 'httpRequest'),
		],
	);
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}

function times(ratio: number): string {
	return ratio.toFixed(2);
}

function range(values: readonly number[]): string {
	return `${seconds(Math.min(...values))} to ${seconds(Math.max(...values))}`;
}
