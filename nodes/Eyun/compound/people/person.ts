import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../common/records';

/** A contact or group, as /getContact answers it. */
export interface ContactCard {
	id: string;
	/** What the account calls it; '' where it has no remark. */
	remark: string;
	/** What it calls itself. */
	nickName: string;
	/** The WeChat number, which can be chosen. */
	alias: string;
	/** Ids of labels; undefined where the vendor did not say which. */
	labelIds: string[] | undefined;
	avatarUrl: string;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** The vendor's text of ids; null and "" mean none. */
function labelIdsIn(value: unknown): string[] | undefined {
	if (value === null || typeof value === 'number') return value === null ? [] : [String(value)];
	if (typeof value !== 'string') return undefined;
	return value
		.split(/[,，]/)
		.map((id) => id.trim())
		.filter((id) => id !== '');
}

/**
 * Reads a contact or group.
 *
 * @param id the id it was asked for by
 * @param card one element of the answer of /getContact; anything else is somebody without names
 */
export function personIn(id: string, card: unknown): ContactCard {
	const { remark, nickName, aliasName, labelList, bigHead } = isRecord(card) ? card : {};
	return {
		id,
		remark: textOf(remark),
		nickName: textOf(nickName),
		alias: textOf(aliasName),
		labelIds: labelIdsIn(labelList),
		avatarUrl: textOf(bigHead),
	};
}

/** All that a contact or group is called, the name that WeChat shows first. */
export function namesOfPerson({ remark, nickName, alias }: ContactCard): string[] {
	return [remark, nickName, alias].filter((name) => name !== '');
}

/**
 * A contact as the node outputs it.
 *
 * @param labelName what a label is called
 */
export function contactJson(person: ContactCard, labelName: (id: string) => string): IDataObject {
	const { id, remark, nickName, alias, labelIds = [], avatarUrl } = person;
	const name = remark || nickName || id;
	const labels = labelIds.map(labelName);
	return { wcId: id, name, remark, nickName, alias, labels, labelIds, avatarUrl };
}

/** A group as the node outputs it. */
export function groupJson({ id, remark, nickName, avatarUrl }: ContactCard): IDataObject {
	return { chatRoomId: id, name: remark || nickName || id, remark, nickName, avatarUrl };
}
