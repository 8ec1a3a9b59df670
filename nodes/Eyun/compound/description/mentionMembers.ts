import type { INodeProperties } from 'n8n-workflow';

import { chat, ids, longText, wId } from '../../catalogue/fields';
import { CANNOT_BE_UNDONE, inGroup, plainTextOf, someMembers } from '../../catalogue/tool/values';
import type { Field } from '../../catalogue/types';
import { severalFrom } from '../../description/several';
import { toPropertyForVersions } from '../../description/versions';
import type { CompoundDescription } from '../../description/compound';

/** Where in the text the mentions go; in front of it when it is not there. */
export const MENTIONS = '{mentions}';

/** Who is mentioned. */
export const members = ids('at', 'Member Names or IDs', '', {
	several: { list: 'members', label: 'Member Names or IDs' },
});

/** Where the text goes. */
export const receiver: Field = {
	...chat,
	description:
		'The group. In a private chat there is nobody to mention, so the text goes there as it is',
};

/** What is read as it is. */
export const fields: readonly Field[] = [
	wId,
	receiver,
	longText(
		'content',
		'Text',
		`The text to send. The node puts the @names in front of it, or in place of ${MENTIONS}`,
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

/** A text with mentions that WeChat shows as such, without the user knowing the members' names. */
export const mentionMembers: CompoundDescription = {
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
};
