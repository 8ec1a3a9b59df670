/** The derived parts of docs/trigger.md: the table of events, from the trigger's own table. */
import { ALL_EVENTS, type EventType } from '../../nodes/Eyun/callbacks/events';
import { code, table } from './markdown.cts';

const BEGIN = '<!-- events: begin, written by `npm run docs` -->';
const END = '<!-- events: end -->';

/**
 * Gives back the document with its table of events as the code has it now.
 *
 * @param present the document; the table stands between two comments
 * @throws Error when the comments are missing
 */
export function renderTriggerDoc(present: string): string {
	const begin = present.indexOf(BEGIN);
	const end = present.indexOf(END);
	if (begin < 0 || end < begin) throw new Error(`docs/trigger.md lacks "${BEGIN}" and "${END}"`);
	return `${present.slice(0, begin)}${BEGIN}\n\n${eventTable()}\n\n${present.slice(end)}`;
}

/** One row for each event; private and group chat share it. */
function eventTable(): string {
	const events = [...new Set(ALL_EVENTS.map(({ event }) => event))];
	const rows = events.map((event) => {
		const types = ALL_EVENTS.filter((type) => type.event === event);
		const note = types.find((type) => type.note !== undefined)?.note ?? '';
		return [code(event), titles(types), chatTypes(types), messageTypes(types), note];
	});
	return table(['`event`', 'What', '`chatType`', '`messageType`', 'Note'], rows);
}

/** What the entries of Trigger On have in common behind the colon. */
function titles(types: EventType[]): string {
	return [...new Set(types.map(({ title }) => title.replace(/^[^:]+: /, '')))].join('; ');
}

function chatTypes(types: EventType[]): string {
	return [...new Set(types.map(({ chatType }) => code(chatType)))].join(', ');
}

function messageTypes(types: EventType[]): string {
	return types.map(({ messageType }) => code(messageType)).join(', ');
}
