/** The state of the simulated WeChat and the look-ups every handler needs. */
import { ASSUMED, VendorFailure } from './envelope.cts';
import { GrowingIds, instanceId, permanentToken } from './ids.cts';
import type {
	ChannelUser,
	ChannelVideo,
	DeveloperAccount,
	Friendship,
	Group,
	Hosted,
	Instance,
	Job,
	Moment,
	PendingLogin,
	Person,
	ReceivedMessage,
	SentMessage,
} from './world-types.cts';

/** Seconds since 1970, as the vendor counts. */
export function nowSeconds(): number {
	return Math.floor(Date.now() / 1000);
}

export class World {
	readonly accounts = new Map<string, DeveloperAccount>();
	readonly people = new Map<string, Person>();
	readonly hosted = new Map<string, Hosted>();
	readonly instances = new Map<string, Instance>();
	readonly logins = new Map<string, PendingLogin>();
	readonly groups = new Map<string, Group>();
	readonly moments = new Map<bigint, Moment>();
	readonly channelUsers = new Map<string, ChannelUser>();
	readonly channelVideos = new Map<bigint, ChannelVideo>();
	readonly jobs = new Map<string, Job>();
	readonly messages: SentMessage[] = [];
	readonly received = new Map<bigint, ReceivedMessage>();
	/** Above 2^63, as the vendor's 13351161735026061409. */
	readonly momentIds = new GrowingIds(14_805_369_577_610_556_100n);
	readonly channelIds = new GrowingIds(14_212_057_401_545_988_355n);
	/** Counts up to label ids, favorite ids and comment ids. */
	private counters = new Map<string, number>();

	/** The next number of a named row, from 1. */
	next(row: 'label' | 'favorite' | 'comment' | 'sign'): number {
		const value = (this.counters.get(row) ?? 0) + 1;
		this.counters.set(row, value);
		return value;
	}

	addAccount(account: string, password: string): DeveloperAccount {
		const created: DeveloperAccount = {
			account,
			password,
			token: permanentToken(account),
			loginToken: null,
			status: 0,
			callback: null,
			pausedUntilMs: 0,
		};
		this.accounts.set(account, created);
		return created;
	}

	addPerson(person: Partial<Person> & { wcId: string }): Person {
		const { wcId } = person;
		const created: Person = {
			kind: kindOf(wcId),
			nickName: wcId,
			alias: '',
			phone: '',
			sex: 0,
			country: 'CN',
			signature: '',
			acceptsAtOnce: false,
			refusesGroupAdd: false,
			...person,
		};
		this.people.set(wcId, created);
		return created;
	}

	/** A hosted account that is nobody's friend yet; it is a person too. */
	addHosted(hosted: Partial<Hosted> & { wcId: string; account: string }): Hosted {
		const created: Hosted = {
			nickName: hosted.wcId,
			wAccount: '',
			password: '',
			sex: 0,
			country: 'CN',
			city: '',
			signature: '',
			mobilePhone: '',
			uin: 1_000_000_000 + this.hosted.size,
			headImage: '',
			friends: new Map(),
			labels: new Map(),
			savedGroups: new Set(),
			groupRemarks: new Map(),
			chatSettings: new Map(),
			privacy: new Map(),
			momentsPrivacy: { friends: 10, strangers: 20 },
			incomingRequests: [],
			outgoingRequests: [],
			favorites: new Map(),
			channel: {
				userName: '',
				follows: new Map(),
				liked: new Set(),
				thumbed: new Set(),
				likedComments: new Set(),
				browsed: new Set(),
				sessions: new Map(),
				mentions: 1,
			},
			proxy: null,
			offlineReason: null,
			offlineReasonAskedMs: 0,
			secondLogin: 'ok',
			...hosted,
		};
		this.hosted.set(created.wcId, created);
		const { wcId, nickName, sex, country, signature } = created;
		this.addPerson({ wcId, nickName, sex, country, signature, alias: created.wAccount });
		return created;
	}

	befriend(me: Hosted, wcId: string): Friendship {
		const friendship: Friendship = {
			wcId,
			remark: '',
			labels: new Set(),
			status: 0,
			permission: 1,
		};
		me.friends.set(wcId, friendship);
		return friendship;
	}

	/** Makes a group of the owner and the members. */
	addGroup(chatRoomId: string, name: string, owner: string, members: string[]): Group {
		const group: Group = {
			chatRoomId,
			name,
			owner,
			admins: new Set(),
			members: new Map(),
			announcement: '',
			verify: false,
			invited: new Set(),
			applications: new Map(),
			todo: null,
		};
		group.members.set(owner, { wcId: owner, displayName: '', inviter: '' });
		for (const wcId of members) group.members.set(wcId, { wcId, displayName: '', inviter: owner });
		this.groups.set(chatRoomId, group);
		return group;
	}

	/**
	 * Logs a hosted account in: a NEW wId (spec/FACTS.md: Login flow); an earlier login of the account ends.
	 * `wId` is given by a login that already told it to the caller.
	 */
	logIn(me: Hosted, deviceType: string, wId = instanceId()): Instance {
		for (const other of this.instances.values()) {
			if (other.wcId === me.wcId) other.online = false;
		}
		const instance: Instance = {
			wId,
			wcId: me.wcId,
			account: me.account,
			deviceType,
			online: true,
			addressListReady: false,
			requests: 0,
			bytes: 0,
		};
		this.instances.set(wId, instance);
		me.offlineReason = null;
		return instance;
	}

	/** The account with this token, or undefined. */
	accountByToken(token: string | undefined): DeveloperAccount | undefined {
		if (token === undefined) return undefined;
		return [...this.accounts.values()].find(
			(account) => account.token === token || account.loginToken === token,
		);
	}

	/** The online login of a hosted account, or undefined. */
	onlineInstance(wcId: string): Instance | undefined {
		return [...this.instances.values()].find((entry) => entry.online && entry.wcId === wcId);
	}

	/** The name people see. */
	nickName(wcId: string): string {
		return this.people.get(wcId)?.nickName ?? wcId;
	}

	/** A contact of mine. Throws VendorFailure. */
	friend(me: Hosted, wcId: string): Friendship {
		const found = me.friends.get(wcId);
		if (!found) throw new VendorFailure(`${ASSUMED.noFriend}: ${wcId}`);
		return found;
	}

	/** A group I am in. Throws VendorFailure. */
	group(me: Hosted, chatRoomId: string): Group {
		const found = this.groups.get(chatRoomId);
		if (!found?.members.has(me.wcId)) throw new VendorFailure(`${ASSUMED.noGroup}: ${chatRoomId}`);
		return found;
	}

	/** Makes sure that I can write to this chat: a group I am in, a contact, or myself. Throws VendorFailure. */
	requireChat(me: Hosted, chat: string): void {
		if (chat.endsWith('@chatroom')) this.group(me, chat);
		else if (chat !== me.wcId && !me.friends.has(chat)) {
			throw new VendorFailure(`${ASSUMED.noChat}: ${chat}`);
		}
	}
}

function kindOf(wcId: string): Person['kind'] {
	if (wcId.startsWith('gh_')) return 'official';
	if (wcId.endsWith('@openim')) return 'openim';
	return ['filehelper', 'weixin', 'fmessage'].includes(wcId) ? 'system' : 'person';
}
