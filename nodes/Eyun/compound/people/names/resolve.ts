import { group as groupField, wId as accountField } from '../../../catalogue/fields';
import type { Field } from '../../../catalogue/types';
import { isTool } from '../../../common/agent';
import { isGroupId } from '../../../common/wechatIds';
import type { ReadParameter } from '../../../execution/values/body';
import type { ResolveNames } from '../../../execution/values/names';
import { toWire } from '../../../execution/values/toWire';
import { peopleGiven, takesSeveral } from './given';
import { idsOf } from './lookUp';
import type { Asker } from './places';
import { kindOf, peoplePlaceOf } from './places';

const KINDS = ['chat', 'contact', 'group', 'member'];

/**
 * The value of a field with ids in the place of names. Names are for tools: elsewhere users choose from
 * lists, and a text is what it has always been.
 *
 * @param asker the account whose people they are
 * @param field who it takes
 * @param value as n8n gives it
 * @param chatRoomId the group, where members of one are meant
 * @returns the same value where nothing is to be looked up
 * @throws InvalidInput when a name does not fit exactly one; NodeApiError when a call for it fails
 */
export async function withIds(
	asker: Asker,
	field: Field,
	value: unknown,
	chatRoomId?: string,
): Promise<unknown> {
	if (!isTool(asker.context.getNode())) return value;
	const place = peoplePlaceOf(field, asker, chatRoomId);
	if (place === undefined) return value;
	const given = peopleGiven(field, value);
	if (given.length === 0) return value;
	const ids = await idsOf(field, given, place);
	return takesSeveral(field) ? ids : ids[0];
}

/** Puts ids in the place of names in all fields of an operation, the group before its members. */
export const resolveNames: ResolveNames = async (context, fields, itemIndex, read) => {
	const named = fields.filter((field) => !field.optional && KINDS.includes(kindOf(field) ?? ''));
	if (named.length === 0 || !isTool(context.getNode())) return read;
	const asker: Asker = { context, wId: accountIn(fields, read), itemIndex };
	const resolved = new Map<string, unknown>();
	const isMember = (field: Field) => kindOf(field) === 'member';
	for (const field of [...named.filter((f) => !isMember(f)), ...named.filter(isMember)]) {
		const group = isMember(field) ? groupIn(named, resolved) : undefined;
		resolved.set(field.name, await withIds(asker, field, read(field.name), group));
	}
	return (name) => (resolved.has(name) ? resolved.get(name) : read(name));
};

function accountIn(fields: readonly Field[], read: ReadParameter): unknown {
	const account = fields.find(({ picker }) => picker === 'account') ?? accountField;
	return toWire(account, read(account.name));
}

/** The group that the members are in, where it is one by now. */
function groupIn(fields: readonly Field[], resolved: ReadonlyMap<string, unknown>) {
	const field = fields.find(({ picker }) => picker === groupField.picker);
	const id = field && toWire(field, resolved.get(field.name));
	return typeof id === 'string' && isGroupId(id) ? id : undefined;
}
