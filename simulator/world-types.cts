/** What the simulated WeChat consists of. 64-bit integers are bigint, times are seconds unless named …Ms. */
import type { JsonObject } from './json.cts';

/** An account with the vendor. Its callback address serves all of its instances (spec/FACTS.md: Transport). */
export interface DeveloperAccount {
	account: string;
	password: string;
	/** The token somebody may have pasted: accepted always, as the vendor documents it. */
	token: string;
	/** What the last /member/login handed out, accepted until the next one; null: the permanent token. */
	loginToken: string | null;
	/** 0 normal, 1 frozen, 2 expired (spec/FACTS.md: Errors and limits). */
	status: 0 | 1 | 2;
	callback: { url: string; type: 1 | 2 } | null;
	/** Epoch milliseconds until which pushing rests after a failure; 0: it does not. */
	pausedUntilMs: number;
}

/** Anybody in WeChat: people, official accounts (gh_…), 企微 contacts (…@openim), system contacts. */
export interface Person {
	wcId: string;
	kind: 'person' | 'official' | 'openim' | 'system';
	nickName: string;
	/** The WeChat number that /searchUser finds. */
	alias: string;
	phone: string;
	/** 0 unknown, 1 male, 2 female. */
	sex: number;
	country: string;
	signature: string;
	/** Accepts our friend request at once; otherwise control.friendAccept does. */
	acceptsAtOnce: boolean;
	/** Cannot be added through a group (/addRoomMemberFriend answers 1001). */
	refusesGroupAdd: boolean;
}

/** How a hosted account stands to one of its contacts. */
export interface Friendship {
	wcId: string;
	remark: string;
	labels: Set<number>;
	/** 0 normal, 1 deleted by the other side, 2 blocked by the other side (/checkZombie). */
	status: 0 | 1 | 2;
	/** 1 normal, 2 chat only. */
	permission: number;
}

/** Somebody asks to become a friend (push 30001, /acceptUser). */
export interface FriendRequest {
	wcId: string;
	v1: string;
	v2: string;
	scene: number;
	content: string;
}

export interface Favorite {
	favId: number;
	/** 1 text, 2 image, 5 link. */
	type: number;
	updateTime: number;
	object: string;
}

/** A WeChat account hosted on the gateway; wcId stays, instances come and go. */
export interface Hosted {
	wcId: string;
	/** The developer account it belongs to. */
	account: string;
	nickName: string;
	wAccount: string;
	/** For /loginByAccountAndPassword. */
	password: string;
	sex: number;
	country: string;
	city: string;
	signature: string;
	mobilePhone: string;
	uin: number;
	/** Set by /sendHeadImage; '' shows the simulator's own picture. */
	headImage: string;
	friends: Map<string, Friendship>;
	labels: Map<number, string>;
	savedGroups: Set<string>;
	groupRemarks: Map<string, string>;
	chatSettings: Map<string, { top: boolean; muted: boolean }>;
	/** /userPrivacySettings: privacyType -> switchType. */
	privacy: Map<number, number>;
	/** /snsPrivacySettings: the last type for friends (10-13) and for strangers (20-21). */
	momentsPrivacy: { friends: number; strangers: number };
	incomingRequests: FriendRequest[];
	outgoingRequests: { wcId: string; verify: string; type: number }[];
	favorites: Map<number, Favorite>;
	channel: ChannelSide;
	proxy: JsonObject | null;
	offlineReason: string | null;
	offlineReasonAskedMs: number;
	/** How the next /secondLogin ends: normally, with the failure nested in a success, or 1001. */
	secondLogin: 'ok' | 'nested' | 'failed';
}

/** One login of a hosted account. */
export interface Instance {
	wId: string;
	wcId: string;
	account: string;
	deviceType: string;
	online: boolean;
	/** /initAddressList was called in this login. */
	addressListReady: boolean;
	requests: number;
	bytes: number;
}

/** A login by QR code or password that is under way. */
export interface PendingLogin {
	wId: string;
	account: string;
	/** The stored wcId the caller gave, '' on a first login. */
	wcId: string;
	deviceType: string;
	state: 'waiting' | 'scanned' | 'moreVerification' | 'verifyCode' | 'confirmed' | 'refused';
	verifyCode: string;
	verificationUrl: string;
	byPassword: boolean;
}

export interface Member {
	wcId: string;
	displayName: string;
	inviter: string;
}

export interface Group {
	chatRoomId: string;
	name: string;
	owner: string;
	admins: Set<string>;
	members: Map<string, Member>;
	announcement: string;
	/** 群聊邀请确认: joining needs an administrator's consent. */
	verify: boolean;
	/** Sent out by /inviteChatRoomMember and not accepted yet. */
	invited: Set<string>;
	/** Waiting for /agreeAddChatRoomMember, by the newMsgId of push 85014. */
	applications: Map<bigint, { inviter: string; users: string[]; xml: string }>;
	todo: { newMsgId: bigint; sign: number } | null;
}

export interface MomentComment {
	commentId: number;
	replyCommentId: number;
	author: string;
	content: string;
	createTime: number;
}

export interface Moment {
	/** Unsigned 64-bit, quoted in answers (spec/FACTS.md: Key shapes). */
	id: bigint;
	author: string;
	createTime: number;
	text: string;
	kind: 'text' | 'image' | 'url' | 'video' | 'forward';
	xml: string;
	private: boolean;
	visibleTo: string[];
	hiddenFrom: string[];
	likes: { wcId: string; createTime: number }[];
	comments: MomentComment[];
}

/** A hosted account's part in Channels. */
export interface ChannelSide {
	/** Its own Channels user, '' before /createFinder. */
	userName: string;
	follows: Map<string, number>;
	liked: Set<bigint>;
	thumbed: Set<bigint>;
	likedComments: Set<bigint>;
	browsed: Set<bigint>;
	sessions: Map<string, ChannelSession>;
	/** How many notifications there are to read. */
	mentions: number;
}

export interface ChannelSession {
	sessionId: string;
	toUserName: string;
	/** Pictures may be sent only after the other side has answered (spec/FACTS.md: Errors and limits). */
	peerAnswered: boolean;
	messages: { newMsgId: bigint; content: string; image: boolean }[];
}

export interface ChannelUser {
	userName: string;
	nickName: string;
	signature: string;
	headImage: string;
	country: string;
	province: string;
	city: string;
	sex: number;
}

export interface ChannelComment {
	/** Signed 64-bit, may be negative (spec/FACTS.md: Key shapes). */
	commentId: bigint;
	/** 0n: a comment on the video itself. */
	rootCommentId: bigint;
	replyTo: bigint;
	author: string;
	nickName: string;
	content: string;
	createTime: number;
	likeCount: number;
}

export interface ChannelVideo {
	/** Unsigned 64-bit, a bare number in requests and answers (spec/FACTS.md: Key shapes). */
	id: bigint;
	author: string;
	description: string;
	createTime: number;
	objectNonceId: string;
	sessionBuffer: string;
	likeCount: number;
	favCount: number;
	forwardCount: number;
	comments: ChannelComment[];
}

/** A message sent through the API. */
export interface SentMessage {
	wId: string;
	from: string;
	to: string;
	path: string;
	body: JsonObject;
	/** The text, for operations that have one. */
	content: string;
	at: string[];
	newMsgId: bigint;
	/** As the send answered it: /sendNameCard answers 0. */
	msgId: number;
	/** As the send answered it: null or 0 where the vendor does so, then any createTime revokes. */
	createTime: number | null;
	revoked: boolean;
	sentMs: number;
}

/** A message or system note that a hosted account received. */
export interface ReceivedMessage {
	newMsgId: bigint;
	msgId: number;
	wcId: string;
	chat: string;
	messageType: string;
}

/** An asynchronous video job. */
export interface Job {
	id: string;
	kind: 'msgVideo' | 'snsVideo';
	account: string;
	wcId: string;
	wId: string;
	/** 0 running, 1 done, 2 failed. */
	type: 0 | 1 | 2;
	des: string | null;
	/** What the finished job answers beside id, type and des. */
	result: JsonObject;
}
