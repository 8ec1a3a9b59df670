import type { INode, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import {
	ALL_EVENTS,
	EVENT_TYPES,
	eventTypeOf,
	UNKNOWN_EVENT,
} from '../../nodes/Eyun/callbacks/events.ts';
import {
	EVENT_OPTIONS,
	EVENTS_SUBTITLE,
	isChosen,
} from '../../nodes/Eyun/trigger/settings/eventChoices.ts';
import spec from '../../spec/callbacks.json';

/** The optimised format; the older one (integers) is translated, see olderFormat.ts. */
const callbacks = spec.filter(({ messageType }) => typeof messageType === 'string') as Array<
	(typeof spec)[number] & { messageType: string }
>;

/** How the spec's kinds of chat read in our table. */
const CHAT_TYPES: Record<string, string[]> = {
	system: ['system'],
	event: ['system', 'private'],
	private: ['private'],
	'private-event': ['private'],
	group: ['group'],
	'group-event': ['group'],
	'official-account': ['officialAccount'],
};

const codes = EVENT_TYPES.map(({ messageType }) => messageType);
const specCodes = callbacks.map(({ messageType }) => messageType);

it('names every message type of the spec, and no other', () => {
	expect([...codes].sort()).toEqual([...specCodes].sort());
	expect(new Set(codes).size).toBe(codes.length);
});

it.each(callbacks)('$messageType is of the right chat type', ({ messageType, chat }) => {
	expect(CHAT_TYPES[chat]).toContain(eventTypeOf(messageType)?.chatType);
});

it('names events readably', () => {
	for (const { event } of ALL_EVENTS) {
		expect(event).toMatch(/^(message|contact|group|officialAccount|owner|system)\.[a-z][A-Za-z]+$/);
	}
});

it('gives private and group messages of one kind the same event', () => {
	for (const { messageType, event } of EVENT_TYPES) {
		if (!messageType.startsWith('80')) continue;
		expect(eventTypeOf(`60${messageType.slice(2)}`)?.event).toBe(event);
	}
});

describe('the list Trigger On', () => {
	const values = EVENT_OPTIONS.map(({ value }) => value);

	it('offers every message type once, and groups', () => {
		expect(values).toEqual(expect.arrayContaining(codes));
		expect(new Set(values).size).toBe(EVENT_OPTIONS.length);
		expect(values).toEqual(
			expect.arrayContaining(ALL_EVENTS.map(({ messageType }) => messageType)),
		);
		const groups = values.filter((value) => eventTypeOf(String(value)) === undefined);
		expect(groups).toEqual([
			'*',
			'contact',
			'group',
			'groupMessage',
			'mediaMessage',
			'message',
			'officialAccount',
			'privateMessage',
			'system',
			UNKNOWN_EVENT,
		]);
	});

	it('is in alphabetical order, each name once', () => {
		const names = EVENT_OPTIONS.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		expect(new Set(names).size).toBe(names.length);
	});

	it('names code and event of each message type', () => {
		for (const { messageType, event } of EVENT_TYPES) {
			const option = EVENT_OPTIONS.find(({ value }) => value === messageType);
			expect(option?.description).toContain(messageType);
			expect(option?.description).toContain(event);
		}
	});
});

describe('what is chosen', () => {
	const type = (code: string) => eventTypeOf(code)!;
	const unknown = { messageType: '12345', event: UNKNOWN_EVENT, chatType: 'private' as const };

	it('is everything with All Events or nothing chosen, except the check push', () => {
		for (const chosen of [['*'], []]) {
			const missing = EVENT_TYPES.filter((each) => !isChosen(chosen, each));
			expect(missing.map(({ messageType }) => messageType)).toEqual(['00000']);
			expect(isChosen(chosen, unknown)).toBe(true);
		}
	});

	it('is the check push only by its own entry', () => {
		expect(isChosen(['system'], type('00000'))).toBe(false);
		expect(isChosen(['00000'], type('00000'))).toBe(true);
	});

	it.each([
		['message', ['60001', '80001', '60022'], ['30001', '85008', '90001']],
		['privateMessage', ['60001', '60013'], ['80001', '30001', '65001']],
		['groupMessage', ['80001', '80999'], ['60001', '85008']],
		['mediaMessage', ['60002', '80003', '60004', '80006', '60009'], ['60001', '80014', '30002']],
		['group', ['85001', '85015'], ['80001']],
		['contact', ['30001', '65004'], ['60001']],
		['officialAccount', ['90001', '95001'], ['60007']],
		['system', ['30000', '30002', '30003'], ['30001']],
		['60001', ['60001'], ['80001', '60002']],
	])('%s takes in %j and not %j', (value, inside, outside) => {
		expect(inside.filter((code) => !isChosen([value], type(code)))).toEqual([]);
		expect(outside.filter((code) => isChosen([value], type(code)))).toEqual([]);
		expect(isChosen([value], unknown)).toBe(false);
	});

	it('is a type nobody knows by its own entry', () => {
		expect(isChosen(['unknown'], unknown)).toBe(true);
		expect(isChosen(['unknown'], type('60001'))).toBe(false);
	});
});

describe('the canvas', () => {
	const type = { description: new EyunTrigger().description } as INodeType;
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type } as never;

	it.each([
		[['*'], 'All Events'],
		[['60001'], 'Private Message: Text'],
		[['60001', '80001'], 'Private Message: Text, Group Message: Text'],
		[['message', 'contact', '60001', '99123'], 'Any Message, Any Contact Event and 2 more'],
		[['99123'], '99123'],
		[[], ''],
	])('names the events %j', (events, subtitle) => {
		const node: INode = {
			id: 'n',
			name: 'Trigger',
			type: 'n8n-nodes-eyun.eyunTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { events },
		};
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		expect(workflow.expression.getSimpleParameterValue(node, EVENTS_SUBTITLE, 'internal', {})).toBe(
			subtitle,
		);
	});
});
