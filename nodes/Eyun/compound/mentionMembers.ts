import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { chat, ids, longText, wId } from '../catalogue/fields';
import { CANNOT_BE_UNDONE, someMembers, inGroup, plainTextOf } from '../catalogue/tool/values';
import type { Field } from '../catalogue/types';
import { isGroupId } from '../common/wechatIds';
import { severalFrom } from '../description/several';
import { toPropertyForVersions } from '../description/versions';
import { operationOf } from '../execution/calls/callOperation';
import { toCall } from '../execution/calls/toCall';
import type { CompoundOperation } from '../execution/compoundOperation';
import { callOptions } from '../execution/options/callOptions';
import { buildBody } from '../execution/values/body';
import { InvalidInput } from '../execution/values/invalidInput';
import { toItems } from '../execution/values/output';
import { toWire } from '../execution/values/toWire';
import { callVendor } from '../transport/client';
import { memberNames } from './people/groupMembers';
import { withIds } from './people/names/resolve';

/** Where in the text the mentions go; in front of it when it is not there. */
const PLACEHOLDER = '{mentions}';

/** What WeChat itself puts behind a mention; without it the name is plain text. */
const SEPARATOR = '\u2005';

/** How the vendor and WeChat call everyone (spec/endpoints.json, qun_liao_at). */
const EVERYONE = { wcId: 'notify@all', name: '所有人' };

const SEND = operationOf('message', 'mentionInGroup');

const SEND_PLAIN = operationOf('message', 'sendText');

const members = ids('at', 'Member Names or IDs', '', {
	several: { list: 'members', label: 'Member Names or IDs' },
});

const receiver: Field = {
	...chat,
	description:
		'The group. In a private chat there is nobody to mention, so the text goes there as it is',
};

const fields: readonly Field[] = [
	wId,
	receiver,
	longText(
		'content',
		'Text',
		`The text to send. The node puts the @names in front of it, or in place of ${PLACEHOLDER}`,
	),
];

const properties: INodeProperties[] = [
	...fields.flatMap((field) => toPropertyForVersions(field)),
	{
		displayName: 'Mention Everyone',
		name: 'everyone',
		type: 'boolean',
		default: false,
		description: 'Whether to mention the whole group, which only its owner and admins can do',
	},
	{
		...severalFrom(members.name, { list: 'members', label: members.label }),
		required: true,
		displayOptions: { show: { everyone: [false] } },
	},
];

function inText(text: string, names: readonly string[]): string {
	const mentions = names.map((name) => `@${name}${SEPARATOR}`).join('');
	return text.includes(PLACEHOLDER) ? text.split(PLACEHOLDER).join(mentions) : `${mentions}${text}`;
}

async function namesOf(
	context: IExecuteFunctions,
	wcIds: readonly string[],
	body: Record<string, unknown>,
	itemIndex: number,
): Promise<string[]> {
	const view = { wId: body.wId, chatRoomId: String(body.wcId) };
	const known = await memberNames(context, view, itemIndex);
	const unknown = wcIds.filter((wcId) => !known.has(wcId));
	if (unknown.length > 0) {
		throw new InvalidInput(
			members,
			`names nobody in ${view.chatRoomId}: ${unknown.join(', ')}`,
			'Use the WeChat IDs from Group: Get Members, or senderId from the trigger. Nothing was sent',
		);
	}
	return wcIds.map((wcId) => known.get(wcId) ?? wcId);
}

/** The chat is often an expression, and the same workflow answers friends and groups. */
async function sendPlain(
	context: IExecuteFunctions,
	itemIndex: number,
	{ content, ...body }: Record<string, unknown>,
): Promise<INodeExecutionData[]> {
	const options = callOptions(context, itemIndex);
	const text = String(content).split(PLACEHOLDER).join('').trim();
	if (text === '') {
		const field = { name: 'content', label: 'Text' };
		throw new InvalidInput(field, 'is empty without the mentions', 'Enter a text');
	}
	const { timeoutMs } = options;
	const request = { ...body, content: text };
	const envelope = await callVendor(context, toCall(SEND_PLAIN, request, itemIndex, { timeoutMs }));
	return toItems({}, envelope, itemIndex, options.fullResponse);
}

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const given = (name: string) => context.getNodeParameter(name, itemIndex) as unknown;
	const asker = { context, wId: toWire(wId, given(wId.name)), itemIndex };
	const to = await withIds(asker, receiver, given(receiver.name));
	const parameter = (name: string) => (name === receiver.name ? to : given(name));
	const plain = buildBody(fields, parameter, {});
	if (!isGroupId(String(plain.wcId).trim())) return await sendPlain(context, itemIndex, plain);
	const everyone = parameter('everyone') === true;
	const chatRoomId = String(plain.wcId).trim();
	const at = everyone
		? EVERYONE.wcId
		: toWire(members, await withIds(asker, members, parameter(members.name), chatRoomId));
	const body: Record<string, unknown> = { ...plain, at };
	const wcIds = [...new Set(String(at).split(','))];
	const toAll = wcIds.includes(EVERYONE.wcId);
	const names = toAll ? [EVERYONE.name] : await namesOf(context, wcIds, body, itemIndex);
	const options = callOptions(context, itemIndex);
	const request = {
		...body,
		content: inText(String(body.content), names),
		at: toAll ? EVERYONE.wcId : wcIds.join(','),
	};
	const { timeoutMs } = options;
	const envelope = await callVendor(context, toCall(SEND, request, itemIndex, { timeoutMs }));
	return toItems({}, envelope, itemIndex, options.fullResponse);
}

/** A text with mentions that WeChat shows as such, without the user knowing the members' names. */
export const mentionMembers: CompoundOperation = {
	resource: 'message',
	value: 'mentionMembers',
	name: 'Mention Members',
	chinese: '群里@成员',
	action: 'Mention group members by their names',
	description:
		'Send a text to a group and insert the @name of each mentioned member automatically; in a private chat, send the text',
	properties,
	tool: {
		when: `Send a text to a group of this WeChat account and mention some of its members, whom WeChat notifies. ${CANNOT_BE_UNDONE} All members of the group see it.`,
		fills: {
			wcId: inGroup,
			at: someMembers,
			content: plainTextOf('The text, without the names: each @name is put in front of it'),
		},
	},
	run,
};
