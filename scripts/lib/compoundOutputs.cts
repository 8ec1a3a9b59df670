/**
 * What operations put out that are more than one call: n8n shows it before a first run. Tests hold what
 * those operations really put out against it (test/support/compoundOutput.cts).
 */
import { answerOf } from './answerSchema.cts';
import { describeValues, type Schema } from './jsonSchema.cts';
import { triggerSchema } from './triggerFields.cts';
import { operationOf } from '../../nodes/Eyun/catalogue';

/** A schema from values that stand for all that a place may hold. */
const like = (...values: unknown[]): Schema => describeValues(values, '', () => undefined);

const answer = (resource: string, value: string): Schema =>
	answerOf(operationOf(resource, value)).schema;

/** A schema with more members, or with the same members described otherwise. */
const withMembers = (schema: Schema, ...more: Schema[]): Schema => ({
	type: 'object',
	properties: Object.assign({}, schema.properties, ...more.map(({ properties }) => properties)),
});

const TEXT = 'text';

const SENT = [
	{ msgId: 1, newMsgId: TEXT, createTime: 1 },
	{ msgId: null, newMsgId: null, createTime: null },
];

const CONTACT = like({
	wcId: TEXT,
	name: TEXT,
	remark: TEXT,
	nickName: TEXT,
	alias: TEXT,
	labels: [TEXT],
	labelIds: [TEXT],
	avatarUrl: TEXT,
});

const GROUP = like({
	chatRoomId: TEXT,
	name: TEXT,
	remark: TEXT,
	nickName: TEXT,
	avatarUrl: TEXT,
});

const MATCH = like({ match: TEXT });

const LABELS = like({ wcId: TEXT, changed: true, labels: [TEXT], labelIds: [TEXT] });

const MEDIA = like(
	{ media: { kind: TEXT, fileName: TEXT, mimeType: TEXT, bytes: 1, url: TEXT } },
	{ media: null },
	{ media: { fileName: null, bytes: null } },
);

/** By resource and operation; what is missing passes on what it got, or answers anything. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
	message: {
		reply: like(
			...SENT.map((sent) => ({
				chatId: TEXT,
				mentioned: [TEXT],
				parts: [{ ...sent, text: TEXT }],
			})),
		),
		forward: like(...SENT.map((sent) => ({ chatId: TEXT, kind: TEXT, ...sent }))),
		mentionMembers: answer('message', 'mentionInGroup'),
		sendAndWait: like({
			data: { approved: true, text: TEXT, respondedAt: TEXT },
			text: TEXT,
			senderId: TEXT,
			senderName: TEXT,
			messageId: TEXT,
		}),
	},
	incomingMessage: { downloadMedia: withMembers(triggerSchema(), MEDIA) },
	contact: {
		getAll: CONTACT,
		findByName: withMembers(CONTACT, MATCH),
		acceptAndGreet: withMembers(
			like({
				wcId: TEXT,
				accepted: true,
				remark: TEXT,
				labels: [TEXT],
				labelIds: [TEXT],
				created: [TEXT],
			}),
			{ properties: { message: answer('message', 'sendText') } },
		),
		addLabels: withMembers(LABELS, like({ created: [TEXT] })),
		removeLabels: LABELS,
	},
	group: {
		getAll: GROUP,
		findByName: withMembers(GROUP, MATCH),
		findMember: withMembers(
			like({ wcId: TEXT, name: TEXT, displayName: TEXT, nickName: TEXT, chatRoomId: TEXT }),
			MATCH,
		),
	},
	login: {
		logInWithQrCode: answer('login', 'getQrCode'),
		waitForLogin: withMembers(
			like({ wId: TEXT, loginState: TEXT }),
			answer('login', 'complete'),
			like({ message: TEXT, addressListLoaded: true, addressListError: TEXT }),
		),
	},
	moment: { postVideoAndWait: answer('moment', 'getVideoPost') },
};

/**
 * What an operation puts out that is more than one call.
 *
 * @returns undefined where nobody can say before it has run, or where it is one call
 */
export function compoundOutput(resource: string, operation: string): Schema | undefined {
	return OUTPUTS[resource]?.[operation];
}

/** All of them, with resource and operation. */
export const compoundOutputs = Object.entries(OUTPUTS).flatMap(([resource, operations]) =>
	Object.entries(operations).map(([operation, schema]) => ({ resource, operation, schema })),
);
