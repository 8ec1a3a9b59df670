import { isRecord } from '../../common/records';
import { RecentKeys } from '../../common/recentKeys';
import type { TriggerOutput } from '../output';

const MOST_NAMES = 20_000;

/** Names change seldom; after so long they are learned anew, in milliseconds. */
const KNOWN_FOR_MS = 24 * 3_600_000;

/** What people and groups are called, as the pushes of one process have told. */
export class KnownNames {
	/** By receiving account and id. Null where the vendor was asked and gave none. */
	private readonly known = new RecentKeys<string | null>();

	/**
	 * What somebody is called.
	 *
	 * @param wcId the account that knows them
	 * @param id of a person or a group
	 * @returns null where there is no name; undefined where it is not known
	 */
	get(wcId: string | null, id: string | null): string | null | undefined {
		return id === null ? null : this.known.get(keyOf(wcId, id));
	}

	/** Notes what somebody is called. */
	set(wcId: string | null, id: string, name: string | null): void {
		this.known.set(keyOf(wcId, id), name, MOST_NAMES, KNOWN_FOR_MS);
	}

	/**
	 * Learns the names that an event tells, and fills in those that earlier ones have told.
	 *
	 * @param output of the trigger, with its content; it is changed
	 */
	fillIn(output: TriggerOutput): void {
		const { wcId, senderId, chatId, chatType, self } = output;
		if (senderId !== null && output.senderName !== null)
			this.set(wcId, senderId, output.senderName);
		const group = groupNameIn(output);
		if (chatId !== null && group !== null) this.set(wcId, chatId, group);
		output.senderName ??= this.get(wcId, senderId) ?? null;
		const peer = chatType === 'private' && !self ? output.senderName : null;
		output.chatName = peer ?? this.get(wcId, chatId) ?? null;
	}
}

function keyOf(wcId: string | null, id: string): string {
	return `${wcId ?? ''}|${id}`;
}

/** Some events about a group tell what it is called. */
function groupNameIn({ event, content, data }: TriggerOutput): string | null {
	const told =
		event === 'group.updated' ? data.nickName : isRecord(content) ? content.newName : undefined;
	return typeof told === 'string' && told.trim() !== '' ? told.trim() : null;
}
