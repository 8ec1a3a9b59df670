/** What a bench finds out: the figures, and how they stand against the bars. */
import { cpus, totalmem } from 'node:os';
import type { ContactRound, ContactWay } from './contacts.cts';
import { FILE_BYTES, type FileRound, type FileWay } from './file.cts';
import type { LoadRound, LoadWay } from './load.cts';
import { median } from './rounds.cts';
import type { SendRound, SendWay } from './sends.cts';
import type { Setting, TriggerRound, TriggerWay } from './trigger.cts';

/** The figures of each section; those of a round, or lists of rounds. */
interface Figures<Kind extends 'medians' | 'rounds'> {
	sends: Record<SendWay, One<Kind, SendRound>>;
	contacts: Record<ContactWay, One<Kind, ContactRound>>;
	file: Record<FileWay, One<Kind, FileRound>>;
	trigger: Record<Setting, Record<TriggerWay, One<Kind, TriggerRound>>>;
	load: Record<LoadWay, One<Kind, LoadRound>>;
}

type One<Kind, Round> = Kind extends 'medians' ? Round : Round[];

export type SectionName = keyof Figures<'rounds'>;

export const SECTIONS: readonly SectionName[] = ['sends', 'contacts', 'file', 'trigger', 'load'];

/** What was measured, round by round. */
export type Measured = Partial<Figures<'rounds'>>;

/** When, with what and where something was measured. */
export interface Circumstances {
	date: string;
	versions: { n8n: string; node: string };
	machine: { system: string; processor: string; cores: number; memoryGb: number };
}

export interface Section<Name extends SectionName> extends Circumstances {
	/** The middle values of the rounds; times in milliseconds, memory in bytes. */
	medians: Figures<'medians'>[Name];
	rounds: Figures<'rounds'>[Name];
}

export type Sections = { [Name in SectionName]?: Section<Name> };

/** Something that must not get worse than a limit. */
export interface Bar {
	what: string;
	/** Absent where this machine cannot measure it. */
	value?: number;
	bound: 'at most' | 'at least';
	limit: number;
	verdict: 'PASS' | 'over' | 'under' | 'not measured';
}

export interface Results {
	bars: Bar[];
	/** Those that were measured at least once; not always in the same run. */
	sections: Sections;
}

/**
 * Puts the figures of a run in the place of those that were there before.
 *
 * @param rounds the sections of this run
 * @param versions those of n8n and of the Node that runs it
 */
export function resultsOf(
	rounds: Measured,
	versions: Circumstances['versions'],
	before: Sections,
): Results {
	const circumstances = {
		date: new Date().toISOString().slice(0, 10),
		versions,
		machine: machine(),
	};
	const measured = Object.entries(rounds).map(([name, list]) => [
		name,
		{ ...circumstances, medians: eachList(list, middle), rounds: eachList(list, allRounded) },
	]);
	const sections = { ...before, ...(Object.fromEntries(measured) as Sections) };
	return { bars: barsOf(sections), sections };
}

function barsOf({ sends, contacts, file, trigger, load }: Sections): Bar[] {
	return [
		...(sends ? sendBars(sends.medians) : []),
		...(contacts ? contactBars(contacts.medians) : []),
		...(file ? fileBars(file.rounds) : []),
		...(trigger ? triggerBars(trigger) : []),
		...(load ? loadBars(load.medians) : []),
	];
}

function sendBars(sends: Figures<'medians'>['sends']): Bar[] {
	return [
		atMost(
			1.1,
			'Sends one at a time: time, of the bare loop',
			ratio(sends.oneAtATime, sends.bareLoop),
		),
		atMost(
			1.0,
			'Sends with Concurrency 5: time, of HTTP Request',
			ratio(sends.concurrency5, sends.httpRequest),
		),
	];
}

function contactBars({ ours, httpRequest }: Figures<'medians'>['contacts']): Bar[] {
	return [
		atMost(0.05, 'Contacts: calls, of HTTP Request', ours.calls / httpRequest.calls),
		atMost(5, 'Contacts: calls in flight', ours.maxInFlight),
		atMost(0.8, 'Contacts: time, of HTTP Request', ratio(ours, httpRequest)),
	];
}

function fileBars({ ours }: Figures<'rounds'>['file']): Bar[] {
	const peaks = ours.flatMap(({ grownBytes }) => grownBytes ?? []);
	const worst = peaks.length > 0 ? Math.max(...peaks) / FILE_BYTES : undefined;
	return [atMost(2, 'File: memory at the peak of the worst round, in files', worst)];
}

/** An execution for each callback, and several in one; both are answered when n8n has stored it. */
const ANSWERS = [
	{
		how: 'one in an execution',
		accepted: 'acceptedOurs',
		busy: 'busyOurs',
		least: { lazyAcquire: 0.9, defaults: 0.5 },
	},
	{
		how: 'several in an execution',
		accepted: 'acceptedTogether',
		busy: 'busyTogether',
		least: { lazyAcquire: 2.5, defaults: 1.2 },
	},
] as const;

function triggerBars({ medians, rounds }: Section<'trigger'>): Bar[] {
	return (['lazyAcquire', 'defaults'] as const).flatMap((setting) => {
		const of = `Callbacks, ${setting === 'defaults' ? 'default settings' : 'lazy acquire'}`;
		const { acceptedWebhook } = medians[setting];
		return [
			...ANSWERS.map(({ how, accepted, least }) =>
				atLeast(
					least[setting],
					`${of}: accepted a second, of the Webhook node, ${how}`,
					medians[setting][accepted].answeredPerSecond / acceptedWebhook.answeredPerSecond,
				),
			),
			...(setting === 'defaults'
				? []
				: [
						atMost(
							0.1,
							`${of}: CPU of a dropped one (the dearest kind), of a workflow for it`,
							dropped(medians[setting]),
						),
					]),
			...ANSWERS.map(({ how, busy }) =>
				atMost(
					1,
					`${of}: slowest answer of all rounds in seconds, while 50 executions run, ${how}`,
					Math.max(...rounds[setting][busy].map(({ slowestMs }) => slowestMs)) / 1_000,
				),
			),
		];
	});
}

function loadBars({ ours, oursTrigger }: Figures<'medians'>['load']): Bar[] {
	return [
		atMost(30, 'Loading the action node: milliseconds', ours.ms),
		atMost(30, 'Loading the trigger node: milliseconds', oursTrigger.ms),
	];
}

/** The CPU of a dropped callback, in that of the workflow that a user would build; the worst kind. */
function dropped(medians: Record<TriggerWay, TriggerRound>): number | undefined {
	const kinds: Array<[ours: TriggerWay, built: TriggerWay]> = [
		['repeatOurs', 'repeatBuilt'],
		['filteredOurs', 'filteredBuilt'],
		['ownOurs', 'ownBuilt'],
	];
	const ratios = kinds.map(([ours, built]) => cpuRatio(medians[ours], medians[built]));
	return ratios.includes(undefined) ? undefined : Math.max(...(ratios as number[]));
}

/** How much of the processor's time of the other way one callback takes. */
export function cpuRatio(one: TriggerRound, other: TriggerRound): number | undefined {
	if (one.cpuMs === undefined || other.cpuMs === undefined) return undefined;
	return one.cpuMs / other.cpuMs;
}

function atMost(limit: number, what: string, measured: number | undefined): Bar {
	const bar = { what, bound: 'at most' as const, limit };
	if (measured === undefined) return { ...bar, verdict: 'not measured' };
	const value = shown(measured);
	return { ...bar, value, verdict: value <= limit ? 'PASS' : 'over' };
}

function atLeast(limit: number, what: string, measured: number): Bar {
	const value = shown(measured);
	const verdict = value >= limit ? 'PASS' : 'under';
	return { what, bound: 'at least', value, limit, verdict };
}

function shown(measured: number): number {
	return Math.round(measured * 1_000) / 1_000;
}

function ratio(one: { nodeMs: number }, other: { nodeMs: number }): number {
	return one.nodeMs / other.nodeMs;
}

/** The middle of every figure by itself. */
function middle<Round extends object>(rounds: readonly Round[]): Round {
	const names = Object.keys(rounds[0] ?? {}) as Array<keyof Round>;
	const values = names.map((name) => [name, median(rounds.map((round) => Number(round[name])))]);
	return rounded(Object.fromEntries(values) as Round);
}

function allRounded<Round extends object>(rounds: readonly Round[]): Round[] {
	return rounds.map(rounded);
}

/** Whole numbers; below 100 with two digits after the point. */
function rounded<Round extends object>(round: Round): Round {
	const figures = Object.entries(round).map(([name, value]) => {
		const steps = Number(value) < 100 ? 100 : 1;
		return [name, Math.round(Number(value) * steps) / steps];
	});
	return Object.fromEntries(figures) as Round;
}

/** Changes every list of rounds, however deep it stands. */
function eachList(value: object, change: (rounds: readonly object[]) => object): object {
	if (Array.isArray(value)) return change(value as object[]);
	const entries = Object.entries(value) as Array<[string, object]>;
	return Object.fromEntries(entries.map(([name, inner]) => [name, eachList(inner, change)]));
}

function machine(): Circumstances['machine'] {
	const processors = cpus();
	return {
		system: `${process.platform} ${process.arch}`,
		processor: processors[0]?.model.trim() || 'unknown',
		cores: processors.length,
		memoryGb: Math.round(totalmem() / 1024 ** 3),
	};
}
