import type { ToolValue } from './types';

/**
 * What models read about the values that many tools take. No quotation marks and no braces: the texts
 * stand inside of expressions.
 */

/** Behind the `when` of whatever puts something before other people. */
export const CANNOT_BE_UNDONE =
	'Real people see it at once, and it cannot be undone. Call this once for each thing to send. If the answer says that it may have been delivered, or you are not sure, do not call it again.';

/** Behind the `when` of whatever may go to groups. */
export const GROUPS_REACH_MANY =
	'In a group all members see it: give a group only if it is clear that the whole group is meant.';

/** Text, and nothing else about it. */
export function told(description: string, more: Partial<ToolValue> = {}): ToolValue {
	return { description, ...more };
}

const EXACT =
	'A name must be complete and must fit exactly one; otherwise nothing happens and the error lists who comes close, with IDs';

export const toChat = told(
	`Who receives it: the remark or nickname of a friend, the name of a group, or an ID such as wxid_abc or 123@chatroom. ${EXACT}`,
);

export const toChats = told(
	`Who receives it: one or several friends or groups, separated by commas, each by name or by an ID such as wxid_abc or 123@chatroom. ${EXACT}`,
);

export const friend = told(
	`The friend: remark, nickname, WeChat number, or an ID such as wxid_abc. ${EXACT}`,
);

export const friends = told(
	`One or several friends, separated by commas, each by remark, nickname, WeChat number, or an ID such as wxid_abc. ${EXACT}`,
);

export const inGroup = told(
	`The group: its name or remark, or its ID such as 123@chatroom. ${EXACT}`,
);

export const someMembers = told(
	`One or several members of that group, separated by commas, each by the name in the group, the nickname, or an ID such as wxid_abc. ${EXACT}`,
);

export const labelNames = told('One or several labels by name, separated by commas');

export const plainTextOf = (what: string): ToolValue =>
	told(`${what}, as plain text: WeChat shows Markdown marks as they are`);

export const webAddress = (what: string): ToolValue =>
	told(`${what}, as a public web address that starts with http:// or https://`);

/** How many entries a list has at most; few, because the model reads them all. */
export const atMost = told('How many to return at most', { type: 'number', otherwise: 20 });

export const momentOf = told('The id of the moment, as Moment: Get Many returns it');

/** What a send answered, for taking it back. */
export const fromAnswer = (member: string): ToolValue =>
	told(`The ${member} in the answer of the tool that sent the message, with all digits`);
