import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { wId } from '../catalogue/fields';
import { isGroupId } from '../common/wechatIds';
import { toCall } from '../execution/calls/toCall';
import { callOptions } from '../execution/options/callOptions';
import { buildBody } from '../execution/values/body';
import { InvalidInput } from '../execution/values/invalidInput';
import { toItems } from '../execution/values/output';
import { toWire } from '../execution/values/toWire';
import { callVendor } from '../transport/client';
import { memberNames } from './people/groupMembers';
import { withIds } from './people/names/resolve';
import { operationOf } from '../catalogue';
import { MENTIONS, members, receiver, fields } from './description/mentionMembers';

/** What WeChat itself puts behind a mention; without it the name is plain text. */
const SEPARATOR = '\u2005';

/** How the vendor and WeChat call everyone (spec/endpoints.json, qun_liao_at). */
const EVERYONE = { wcId: 'notify@all', name: '所有人' };

const SEND = operationOf('message', 'mentionInGroup');

const SEND_PLAIN = operationOf('message', 'sendText');

function inText(text: string, names: readonly string[]): string {
	const mentions = names.map((name) => `@${name}${SEPARATOR}`).join('');
	return text.includes(MENTIONS) ? text.split(MENTIONS).join(mentions) : `${mentions}${text}`;
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
	const text = String(content).split(MENTIONS).join('').trim();
	if (text === '') {
		const field = { name: 'content', label: 'Text' };
		throw new InvalidInput(field, 'is empty without the mentions', 'Enter a text');
	}
	const { timeoutMs } = options;
	const request = { ...body, content: text };
	const envelope = await callVendor(context, toCall(SEND_PLAIN, request, itemIndex, { timeoutMs }));
	return toItems({}, envelope, itemIndex, options.fullResponse);
}

/** A text with mentions that WeChat shows as such, without the user knowing the members' names. See `CompoundRun`. */
export async function runMentionMembers(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
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
