import type { INodeProperties } from 'n8n-workflow';

import { ids, optional, wId } from '../../catalogue/fields';
import { CANNOT_BE_UNDONE, GROUPS_REACH_MANY, toChats } from '../../catalogue/tool/values';
import type { Field } from '../../catalogue/types';
import { toProperty } from '../../description/field';
import { toPropertyForVersions } from '../../description/versions';
import type { CompoundDescription } from '../../description/compound';
import { messageSource } from './messageSource';

/** What is forwarded, for messages. */
export const FORWARDED = { name: 'messageSource', label: 'Message to Forward' };

/** Who forwards. */
export const account: Field = {
	...optional(wId),
	description: 'The account that forwards. Left empty, it is the one that received the message',
};

/** Who gets it. */
export const chats: Field = ids(
	'wcId',
	'Chats',
	'The friends, groups (…@chatroom) or WeCom contacts (…@openim) that receive it',
	{ picker: 'chat', placeholder: 'e.g. wxid_1a2b3c4d5e6f22,12345678901@chatroom' },
);

const properties: readonly INodeProperties[] = [
	...messageSource(FORWARDED.label),
	...toPropertyForVersions(account),
	toProperty(chats),
];

/** A received message for other chats, whichever way Eyun has for its kind. */
export const forwardMessage: CompoundDescription = {
	resource: 'message',
	value: 'forward',
	name: 'Forward',
	chinese: '转发消息',
	action: 'Forward message',
	description:
		'Send a received message of any kind on to one or several chats, without downloading and uploading it',
	properties,
	tool: {
		when: `Forward the WeChat message that started this workflow to other chats, whatever it is: text, picture, file, voice. ${CANNOT_BE_UNDONE} ${GROUPS_REACH_MANY}`,
		fills: { wcId: toChats },
	},
};
