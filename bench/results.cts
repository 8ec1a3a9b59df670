/** What a bench finds out: the figures, and how they stand against the bars. */
import { cpus, totalmem } from 'node:os';
import type { ContactRound, ContactWay } from './contacts.cts';
import { FILE_BYTES, type FileRound, type FileWay } from './file.cts';
import { median } from './rounds.cts';
import type { SendRound, SendWay } from './sends.cts';

/** Everything that was measured, round by round. */
export interface Measured {
	sends: Record<SendWay, SendRound[]>;
	contacts: Record<ContactWay, ContactRound[]>;
	file: Record<FileWay, FileRound[]>;
}

/** Something that must not get worse than a limit. */
export interface Bar {
	what: string;
	/** Absent where this machine cannot measure it. */
	value?: number;
	limit: number;
	verdict: 'PASS' | 'over' | 'not measured';
}

export interface Results {
	date: string;
	versions: { n8n: string; node: string };
	machine: { system: string; processor: string; cores: number; memoryGb: number };
	bars: Bar[];
	/** The middle values of the rounds; times in milliseconds, memory in bytes. */
	medians: {
		sends: Record<SendWay, SendRound>;
		contacts: Record<ContactWay, ContactRound>;
		file: Record<FileWay, FileRound>;
	};
	rounds: Measured;
}

/** Puts the figures together. `versions` are those of n8n and of the Node that runs it. */
export function resultsOf(rounds: Measured, versions: Results['versions']): Results {
	const medians = {
		sends: mapped(rounds.sends, middle),
		contacts: mapped(rounds.contacts, middle),
		file: mapped(rounds.file, middle),
	};
	return {
		date: new Date().toISOString().slice(0, 10),
		versions,
		machine: machine(),
		bars: barsOf(medians, rounds.file.ours),
		medians,
		rounds: {
			sends: mapped(rounds.sends, (list) => list.map(rounded)),
			contacts: mapped(rounds.contacts, (list) => list.map(rounded)),
			file: mapped(rounds.file, (list) => list.map(rounded)),
		},
	};
}

function barsOf({ sends, contacts }: Results['medians'], ourFiles: FileRound[]): Bar[] {
	const peaks = ourFiles.flatMap(({ grownBytes }) => grownBytes ?? []);
	return [
		bar(
			'Sends one at a time: time, of the bare loop',
			1.1,
			ratio(sends.oneAtATime, sends.bareLoop),
		),
		bar(
			'Sends with Concurrency 5: time, of HTTP Request',
			1.0,
			ratio(sends.concurrency5, sends.httpRequest),
		),
		bar('Contacts: calls, of HTTP Request', 0.05, contacts.ours.calls / contacts.httpRequest.calls),
		bar('Contacts: calls in flight', 5, contacts.ours.maxInFlight),
		bar('Contacts: time, of HTTP Request', 0.8, ratio(contacts.ours, contacts.httpRequest)),
		bar(
			'File: memory at the peak of the worst round, in files',
			2,
			peaks.length > 0 ? Math.max(...peaks) / FILE_BYTES : undefined,
		),
	];
}

function bar(what: string, limit: number, measured: number | undefined): Bar {
	if (measured === undefined) return { what, limit, verdict: 'not measured' };
	const value = Math.round(measured * 1_000) / 1_000;
	return { what, value, limit, verdict: value <= limit ? 'PASS' : 'over' };
}

function ratio(one: { nodeMs: number }, other: { nodeMs: number }): number {
	return one.nodeMs / other.nodeMs;
}

type Figures = object;

/** The middle of every figure by itself. */
function middle<Round extends Figures>(rounds: readonly Round[]): Round {
	const names = Object.keys(rounds[0] ?? {}) as Array<keyof Round>;
	const values = names.map((name) => [name, median(rounds.map((round) => Number(round[name])))]);
	return rounded(Object.fromEntries(values) as Round);
}

function rounded<Round extends Figures>(round: Round): Round {
	const figures = Object.entries(round).map(([name, value]) => [name, Math.round(Number(value))]);
	return Object.fromEntries(figures) as Round;
}

function mapped<Way extends string, From, To>(
	ways: Record<Way, From>,
	change: (value: From) => To,
): Record<Way, To> {
	const entries = Object.entries(ways) as Array<[Way, From]>;
	return Object.fromEntries(entries.map(([way, value]) => [way, change(value)])) as Record<Way, To>;
}

function machine(): Results['machine'] {
	const processors = cpus();
	return {
		system: `${process.platform} ${process.arch}`,
		processor: processors[0]?.model.trim() || 'unknown',
		cores: processors.length,
		memoryGb: Math.round(totalmem() / 1024 ** 3),
	};
}
