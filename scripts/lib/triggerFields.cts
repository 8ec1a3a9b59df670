/** The types of what the trigger gives out, for its output schema. docs/trigger.md says what each field means. */
import type { TriggerOutput } from '../../nodes/Eyun/callbacks/output';
import type { JsonType, Schema } from './jsonSchema.cts';

/** The declared members alone: TriggerOutput also allows any other name. */
type Declared<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

/** Every field of the output, in the order in which it is given out. Null stands last: n8n shows the first type. */
const TRIGGER_FIELDS: Record<
	Exclude<keyof Declared<TriggerOutput>, 'messages'>,
	readonly JsonType[]
> = {
	event: ['string'],
	messageType: ['string'],
	chatType: ['string'],
	account: ['string', 'null'],
	wcId: ['string', 'null'],
	wId: ['string', 'null'],
	chatId: ['string', 'null'],
	chatName: ['string', 'null'],
	senderId: ['string', 'null'],
	senderName: ['string', 'null'],
	self: ['boolean'],
	messageId: ['string', 'null'],
	msgId: ['integer', 'string', 'null'],
	timestamp: ['integer', 'null'],
	time: ['string', 'null'],
	text: ['string', 'null'],
	chatInput: ['string'],
	sessionId: ['string'],
	mentions: ['array'],
	mentioned: ['boolean'],
	content: ['object', 'string', 'null'],
	data: ['object'],
};

/** What n8n shows of the trigger's output before a first run. */
export function triggerSchema(): Schema {
	const properties = Object.entries(TRIGGER_FIELDS).map(([name, types]) => {
		const items = types[0] === 'array' ? { items: { type: 'string' as const } } : {};
		return [name, { type: oneOrMany(types), ...items }] as const;
	});
	return { type: 'object', properties: Object.fromEntries(properties) };
}

function oneOrMany(types: readonly JsonType[]): JsonType | JsonType[] {
	return types.length === 1 ? types[0] : [...types];
}
