/** The derived parts of docs/trigger.md and its Chinese twin: the table of events, from the trigger's own table. */
import { ALL_EVENTS, type EventType } from '../../nodes/Eyun/callbacks/events';
import { withChinese } from '../../nodes/Eyun/common/labels/chinese';
import { CHINESE_NOTES } from './eventNotes.cts';
import { code, table } from './markdown.cts';

const BEGIN = '<!-- events: begin, written by `npm run docs` -->';
const END = '<!-- events: end -->';

/** What differs between the tables of the two languages. */
interface Language {
	/** The heads of the second and of the last column. */
	what: string;
	note: string;
	titleOf(type: EventType): string;
	noteOf(type: EventType): string | undefined;
}

/** What an entry of Trigger On says behind the colon. */
function title(type: EventType): string {
	return type.title.replace(/^[^:]+: /, '');
}

const ENGLISH: Language = {
	what: 'What',
	note: 'Note',
	titleOf: title,
	noteOf: ({ note }) => note,
};

const CHINESE: Language = {
	what: '含义',
	note: '说明',
	// Private and group chat share the row, and the column of chat types names both.
	titleOf: (type) => withChinese(title(type), type.chinese.replace(/^(?:私聊|群聊)/, '')),
	noteOf: ({ event, note }) => {
		if (note === undefined) return undefined;
		if (!(note in CHINESE_NOTES)) {
			throw new Error(
				`scripts/lib/eventNotes.cts has no Chinese for the note of ${event}: ${note}`,
			);
		}
		return CHINESE_NOTES[note];
	},
};

/**
 * Gives back the document with its table of events as the code has it now.
 *
 * @param present the document; the table stands between two comments
 * @throws Error when the comments are missing
 */
export function renderTriggerDoc(present: string): string {
	return withTable(present, ENGLISH);
}

/**
 * The same for the Chinese document.
 *
 * @throws Error also when a note has no Chinese
 */
export function renderChineseTriggerDoc(present: string): string {
	return withTable(present, CHINESE);
}

function withTable(present: string, language: Language): string {
	const begin = present.indexOf(BEGIN);
	const end = present.indexOf(END);
	if (begin < 0 || end < begin) throw new Error(`The page lacks "${BEGIN}" and "${END}"`);
	return `${present.slice(0, begin)}${BEGIN}\n\n${eventTable(language)}\n\n${present.slice(end)}`;
}

/** One row for each event; private and group chat share it. */
function eventTable({ note, noteOf, titleOf, what }: Language): string {
	const events = [...new Set(ALL_EVENTS.map(({ event }) => event))];
	const rows = events.map((event) => {
		const types = ALL_EVENTS.filter((type) => type.event === event);
		const noted = types.find((type) => type.note !== undefined);
		return [
			code(event),
			[...new Set(types.map(titleOf))].join('; '),
			chatTypes(types),
			messageTypes(types),
			(noted && noteOf(noted)) ?? '',
		];
	});
	return table(['`event`', what, '`chatType`', '`messageType`', note], rows);
}

function chatTypes(types: EventType[]): string {
	return [...new Set(types.map(({ chatType }) => code(chatType)))].join(', ');
}

function messageTypes(types: EventType[]): string {
	return types.map(({ messageType }) => code(messageType)).join(', ');
}
