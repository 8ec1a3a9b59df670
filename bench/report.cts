/** The tables of docs/performance.md. */
import { table } from '../scripts/lib/markdown.cts';
import { CONTACTS, SERVER_TIME_MS } from './contacts.cts';
import { FILE_BYTES } from './file.cts';
import { type Bar, type Circumstances, cpuRatio, type Results, type Section } from './results.cts';
import { SENDS } from './sends.cts';
import { RUNNING, type Setting, SETTINGS, type TriggerWay } from './trigger.cts';

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
	if (begin < 0 || end < begin) {
		throw new Error(`docs/performance.md lacks "${BEGIN}" and "${END}"`);
	}
	return `${present.slice(0, begin)}${BEGIN}\n\n${tables(results)}\n\n${present.slice(end)}`;
}

/** One line for each bar, for the terminal. */
export function barLine({ what, value, bound, limit, verdict }: Bar): string {
	return `${verdict.padEnd(12)} ${what}: ${value ?? '-'} (${bound} ${limit})`;
}

function tables({ bars, sections }: Results): string {
	const { sends, contacts, file, trigger, load } = sections;
	const when = new Set(Object.values(sections).map(measuredOn));
	/** Said once when everything was measured together. */
	const own = (section: Circumstances) => (when.size > 1 ? [measuredOn(section)] : []);
	return [
		...(when.size === 1 ? when : []),
		...(sends
			? [
					`### ${SENDS.toLocaleString('en')} texts, server answers at once`,
					...own(sends),
					sendTable(sends),
				]
			: []),
		...(contacts
			? [
					`### Details of ${CONTACTS.toLocaleString('en')} contacts, server takes ${SERVER_TIME_MS} ms`,
					...own(contacts),
					contactTable(contacts),
				]
			: []),
		...(file
			? [
					`### A file of ${FILE_BYTES / MB} MB, downloaded and sent on`,
					...own(file),
					fileTable(file),
				]
			: []),
		...(trigger ? triggerTables(trigger, own(trigger)) : []),
		...(load ? ['### Loading a node', ...own(load), loadTable(load)] : []),
		'### Bars',
		table(
			['What', 'Measured', 'Bar', ''],
			bars.map(({ what, value, bound, limit, verdict }) => [
				what,
				value === undefined ? '' : String(value),
				`${bound} ${limit}`,
				verdict,
			]),
		),
	].join('\n\n');
}

function measuredOn({ date, versions, machine }: Circumstances): string {
	return (
		`Measured on ${date}: n8n ${versions.n8n} on Node ${versions.node}, ${machine.system}, ` +
		`${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB.`
	);
}

function sendTable({ medians: sends, rounds }: Section<'sends'>): string {
	const row = (label: string, way: keyof typeof sends) => [
		label,
		seconds(sends[way].nodeMs),
		times(sends[way].nodeMs / sends.bareLoop.nodeMs),
		times(sends[way].nodeMs / sends.httpRequest.nodeMs),
		range(rounds[way].map(({ nodeMs }) => nodeMs)),
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

function contactTable({ medians: contacts, rounds }: Section<'contacts'>): string {
	const row = (label: string, way: keyof typeof contacts) => [
		label,
		String(contacts[way].calls),
		String(contacts[way].maxInFlight),
		seconds(contacts[way].nodeMs),
		times(contacts[way].nodeMs / contacts.httpRequest.nodeMs),
		range(rounds[way].map(({ nodeMs }) => nodeMs)),
	];
	return table(
		['', 'Calls', 'In flight at most', 'Time', 'Of HTTP Request', 'Fastest to slowest round'],
		[row('Eyun WeChat, *Contact: Get*', 'ours'), row('HTTP Request', 'httpRequest')],
	);
}

function fileTable({ medians: file, rounds }: Section<'file'>): string {
	const row = (label: string, way: keyof typeof file) => {
		const peaks = rounds[way].flatMap(({ grownBytes }) => grownBytes ?? []);
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

function loadTable({ medians: load, rounds }: Section<'load'>): string {
	const row = (label: string, way: keyof typeof load) => [
		label,
		milliseconds(load[way].ms),
		...(['telegram', 'slack'] as const).map((other) => times(load[way].ms / load[other].ms)),
		rangeOf(
			rounds[way].map(({ ms }) => ms),
			milliseconds,
		),
	];
	return table(
		['', 'Time', "Of Telegram's", "Of Slack's", 'Fastest to slowest round'],
		[
			row('Eyun WeChat', 'ours'),
			row('Eyun WeChat Trigger', 'oursTrigger'),
			row('Telegram', 'telegram'),
			row('Telegram Trigger', 'telegramTrigger'),
			row('Slack', 'slack'),
			row('Slack Trigger', 'slackTrigger'),
		],
	);
}

const CALLBACK_TITLES: Record<Setting, string> = {
	defaults: "Callbacks, n8n's default settings",
	lazyAcquire: `Callbacks, \`${Object.entries(SETTINGS.lazyAcquire)
		.map((pair) => pair.join('='))
		.join(' ')}\``,
};

function triggerTables(section: Section<'trigger'>, when: string[]): string[] {
	return (Object.keys(CALLBACK_TITLES) as Setting[]).flatMap((setting) => [
		`### ${CALLBACK_TITLES[setting]}`,
		...when,
		triggerTable(section, setting),
	]);
}

function triggerTable({ medians, rounds }: Section<'trigger'>, setting: Setting): string {
	const figures = medians[setting];
	const row = (label: string, way: TriggerWay, other?: TriggerWay) => {
		const { answeredPerSecond, endedPerSecond, cpuMs, p99Ms } = figures[way];
		const slowest = Math.max(...rounds[setting][way].map(({ slowestMs }) => slowestMs));
		const cpu = other && cpuRatio(figures[way], figures[other]);
		return [
			label,
			answeredPerSecond.toFixed(0),
			other ? times(answeredPerSecond / figures[other].answeredPerSecond) : '',
			endedPerSecond?.toFixed(0) ?? '',
			cpuMs === undefined ? 'not measured' : `${cpuMs.toFixed(1)} ms`,
			cpu === undefined ? '' : cpu.toFixed(3),
			`${p99Ms.toFixed(0)} ms`,
			`${slowest.toFixed(0)} ms`,
		];
	};
	const built = 'Webhook, Filter, Remove Duplicates';
	return table(
		[
			'',
			'Answered a second',
			'Times the other',
			'Executed a second',
			'CPU each',
			'Of the other',
			'99 % answered within',
			'Slowest answer',
		],
		[
			row('Accepted: trigger', 'acceptedOurs', 'acceptedWebhook'),
			row(
				'Accepted: trigger, *Several Events per Execution*',
				'acceptedTogether',
				'acceptedWebhook',
			),
			row('Accepted: Webhook node', 'acceptedWebhook'),
			row(`Accepted while ${RUNNING} executions run: trigger`, 'busyOurs'),
			row(`The same, *Several Events per Execution*`, 'busyTogether'),
			row('Duplicate, dropped: trigger', 'repeatOurs', 'repeatBuilt'),
			row(`Duplicate, dropped: ${built}`, 'repeatBuilt'),
			row('Event not wanted, dropped: trigger', 'filteredOurs', 'filteredBuilt'),
			row(`Event not wanted, dropped: ${built}`, 'filteredBuilt'),
			row('Own message, dropped: trigger', 'ownOurs', 'ownBuilt'),
			row(`Own message, dropped: ${built}`, 'ownBuilt'),
		],
	);
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}

function times(ratio: number): string {
	return ratio.toFixed(2);
}

function milliseconds(ms: number): string {
	return `${ms.toFixed(1)} ms`;
}

function range(values: readonly number[]): string {
	return rangeOf(values, seconds);
}

function rangeOf(values: readonly number[], shown: (ms: number) => string): string {
	return `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`;
}
