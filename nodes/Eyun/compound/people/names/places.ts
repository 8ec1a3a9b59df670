import type { IExecuteFunctions } from 'n8n-workflow';

import type { Field } from '../../../catalogue/types';
import type { AddressList } from '../../../common/addressList';
import { isRecord } from '../../../common/records';
import { callOperation } from '../../../execution/calls/callOperation';
import { addressBookOf } from '../addressBook';
import { membersOf } from '../groupMembers';
import { namesOfPerson } from '../person';
import { operationOf } from '../../../catalogue';

const WECOM = operationOf('contact', 'getWeComContacts');

/** Who can be written to; only of them some are WeCom contacts. */
const CHAT = 'friend or group';

/** Somebody with an id and what it is called. */
export interface Somebody {
	id: string;
	names: readonly string[];
	/** Asks what it is called now, where that is known from an earlier call only. */
	again?: () => Promise<readonly string[]>;
}

/** Where names of one field are looked for. */
export interface PeoplePlace {
	/** What its entries are, for messages, such as "friend". */
	what: string;
	/** Ids that are ids whatever they look like, those of other kinds among them. */
	ids: () => Promise<readonly string[]>;
	everybody: () => AsyncIterable<Somebody>;
	/** Forgets what earlier calls have read; whether another look is worth while. */
	forgetEarlier?: () => Promise<boolean>;
	/** Is told whom a call is about: what is known of them may change by it. */
	meant?: (ids: readonly string[]) => Promise<void>;
}

/** Whose people, and for which item. */
export interface Asker {
	context: IExecuteFunctions;
	/** The account, as `buildBody` made it. */
	wId: unknown;
	itemIndex: number;
}

/**
 * Where to look for the people of a field.
 *
 * @param field says by its picker who it takes
 * @param asker the account whose people they are
 * @param chatRoomId the group whose members are meant
 * @returns undefined for a field that takes nobody
 */
export function peoplePlaceOf(
	field: Field,
	asker: Asker,
	chatRoomId?: string,
): PeoplePlace | undefined {
	const kind = kindOf(field);
	switch (kind) {
		case 'chat':
			return inAddressBook(CHAT, asker, ({ friends, groups }) => [...groups, ...friends]);
		case 'contact':
			return inAddressBook('friend', asker, ({ friends }) => friends);
		case 'group':
			return inAddressBook('saved group', asker, ({ groups }) => groups);
		case 'member':
			return chatRoomId === undefined ? undefined : inGroup(asker, chatRoomId);
		default:
			return undefined;
	}
}

/** What a field takes: people of these kinds have names. */
export function kindOf({ picker, several }: Field): string | undefined {
	if (several?.list === 'contacts') return 'contact';
	if (several?.list === 'members') return 'member';
	return picker;
}

function inAddressBook(
	what: string,
	asker: Asker,
	choose: (list: AddressList) => string[],
): PeoplePlace {
	const { context, wId, itemIndex } = asker;
	const list = async () => await (await addressBookOf(context, wId)).ids(itemIndex);
	return {
		what,
		ids: async () => Object.values(await list()).flat(),
		forgetEarlier: async () =>
			(await addressBookOf(context, wId)).forgetEarlier(choose(await list())),
		meant: async (ids) => (await addressBookOf(context, wId)).forget(ids),
		async *everybody() {
			const book = await addressBookOf(context, wId);
			for await (const person of book.read(choose(await list()), itemIndex)) {
				const { id } = person;
				const again = async () => {
					const now = await book.readAgain(id, itemIndex);
					return now === undefined ? [] : namesOfPerson(now);
				};
				yield {
					id,
					names: namesOfPerson(person),
					...(book.isFromThisRun(id) ? {} : { again }),
				};
			}
			if (what === CHAT) yield* await weComContacts(asker);
		},
	};
}

/** They are a list of their own, which many accounts do not have; the others are found without it. */
async function weComContacts({ context, wId, itemIndex }: Asker): Promise<Somebody[]> {
	try {
		const { data } = await callOperation(context, WECOM, { wId }, itemIndex);
		return (Array.isArray(data) ? data.filter(isRecord) : []).map(
			({ userName, remark, nickName }) => ({
				id: String(userName),
				names: [remark, nickName].filter(
					(name): name is string => typeof name === 'string' && name !== '',
				),
			}),
		);
	} catch {
		return [];
	}
}

function inGroup({ context, wId, itemIndex }: Asker, chatRoomId: string): PeoplePlace {
	const members = async () => await membersOf(context, { wId, chatRoomId }, itemIndex);
	return {
		what: `member of ${chatRoomId}`,
		ids: async () => (await members()).map(({ wcId }) => wcId),
		async *everybody() {
			for (const { wcId, displayName, nickName } of await members()) {
				yield { id: wcId, names: [displayName, nickName].filter((name) => name !== '') };
			}
		},
	};
}
