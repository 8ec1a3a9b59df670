/** What the trigger gives out, field by field: for its output schema and for docs/trigger.md. */
import type { TriggerOutput } from '../../nodes/Eyun/trigger/output';
import type { JsonType } from './jsonSchema.cts';

/** The declared members alone: TriggerOutput also allows any other name. */
type Declared<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

export type TriggerFieldName = keyof Declared<TriggerOutput>;

export interface TriggerField {
	/** Null last: n8n's editor shows the first type. */
	types: readonly JsonType[];
	/** What it holds, and when it is null. */
	meaning: string;
}

/** Every field of the output, in the order in which it is given out. */
export const TRIGGER_FIELDS: Record<TriggerFieldName, TriggerField> = {
	event: {
		types: ['string'],
		meaning: 'Readable name, such as `message.text`; `unknown` for a type that is in no table',
	},
	messageType: {
		types: ['string'],
		meaning: "The vendor's code as it came, as text: `60001`, or `5` in the older format",
	},
	chatType: {
		types: ['string'],
		meaning: '`private`, `group`, `officialAccount` or `system`',
	},
	account: { types: ['string', 'null'], meaning: 'The E云 developer account' },
	wcId: {
		types: ['string', 'null'],
		meaning: 'The hosted WeChat account that received it. Never changes',
	},
	wId: {
		types: ['string', 'null'],
		meaning: "The instance ID, for the action node's field of this name. Changes at every login",
	},
	chatId: {
		types: ['string', 'null'],
		meaning: 'Where to answer: the group, else the other side. Null for system events',
	},
	senderId: { types: ['string', 'null'], meaning: 'Who wrote or did it' },
	self: {
		types: ['boolean'],
		meaning: 'True when the hosted account itself wrote it, on the phone or another device',
	},
	messageId: {
		types: ['string', 'null'],
		meaning: '`newMsgId`: the 64-bit ID of the message, as text so that no digit is lost',
	},
	msgId: {
		types: ['integer', 'string', 'null'],
		meaning: 'The short ID of the message, which downloads need. Text when it was text',
	},
	timestamp: { types: ['integer', 'null'], meaning: 'When it happened, in seconds since 1970' },
	time: { types: ['string', 'null'], meaning: 'The same as ISO 8601 in UTC' },
	text: {
		types: ['string', 'null'],
		meaning: 'What was written, where there is text; null where the content is XML',
	},
	mentions: {
		types: ['array'],
		meaning: 'WeChat IDs of everybody mentioned; empty when nobody is',
	},
	mentioned: {
		types: ['boolean'],
		meaning: 'True when the hosted account was mentioned, by itself or with everybody',
	},
	data: {
		types: ['object'],
		meaning: 'All the vendor sent for this event, integers too long for JavaScript as text',
	},
};
