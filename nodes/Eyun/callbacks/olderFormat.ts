import { readContent } from './content';
import { field } from './content/xml/fields';

/**
 * Eyun's older push format (type 1): integer message types 0 to 17. We register
 * type 2, but an address that was registered by other means may receive these.
 */

const PRIVATE_OTHER = '60999';
const GROUP_OTHER = '80999';

/** Old message type to that of the optimised format; 15 and 17 have no clear counterpart. */
const LEGACY_TYPES: Record<string, string> = {
	0: '30001',
	1: '60022',
	2: '80005',
	3: '60005',
	4: '30000',
	5: '60001',
	6: '60002',
	7: '60003',
	8: '60004',
	9: '80001',
	10: '80002',
	11: '80003',
	12: '80004',
	13: PRIVATE_OTHER,
	14: GROUP_OTHER,
	16: '65001',
};

/** The kinds of messages, by the `type` of their content: the last three digits of their codes. */
const MESSAGE_KINDS: Record<string, string> = {
	image: '002',
	video: '003',
	voice: '004',
	card: '005',
	emoji: '006',
	link: '007',
	file: '008',
	miniProgram: '010',
	chatRecord: '011',
	voiceCall: '012',
	voiceCallEnded: '013',
	quote: '014',
	transfer: '015',
	redPacket: '016',
	channelsVideo: '017',
	revoked: '018',
	pat: '019',
	location: '020',
	music: '021',
	groupInvite: '022',
};

/** Events of a group, which the older format pushes as messages. */
const GROUP_EVENTS: Record<string, string> = {
	youWereRemoved: '85002',
	memberRemoved: '85003',
	dismissed: '85004',
	renamed: '85005',
	adminAdded: '85006',
	adminRemoved: '85007',
	memberJoined: '85008',
	ownerChanged: '85010',
	announcement: '85011',
	todo: '85012',
	inviteConfirmationChanged: '85013',
	joinRequest: '85014',
	left: '85015',
};

const JOINED_BY_QR_CODE = '85009';

/** What exists in private chats only. */
const PRIVATE_ONLY = ['013', '022'];

/** `data.msgType`, as WeChat itself counts, where the content does not say what it is. */
const WECHAT_TYPES: Record<string, string> = {
	3: '002',
	34: '004',
	42: '005',
	43: '003',
	47: '006',
	48: '020',
	50: '012',
	62: '003',
};

/**
 * Translates an old message type.
 *
 * @param messageType as it came, without leading zeros
 * @param data the callback's `data`
 * @returns the message type of the optimised format, or undefined when there is no clear one
 */
export function fromOlderFormat(
	messageType: string,
	data: Readonly<Record<string, unknown>>,
): string | undefined {
	const type = Object.hasOwn(LEGACY_TYPES, messageType) ? LEGACY_TYPES[messageType] : undefined;
	return type === PRIVATE_OTHER || type === GROUP_OTHER ? codeOfOther(type, data) : type;
}

function codeOfOther(type: string, data: Readonly<Record<string, unknown>>): string {
	const content = readContent({ event: 'other', data });
	const { type: kind, by } = typeof content === 'object' && content ? content : {};
	const name = String(kind);
	if (name === 'memberJoined' && by === 'qrCode') return JOINED_BY_QR_CODE;
	if (Object.hasOwn(GROUP_EVENTS, name)) return GROUP_EVENTS[name];
	const digits = Object.hasOwn(MESSAGE_KINDS, name)
		? MESSAGE_KINDS[name]
		: WECHAT_TYPES[field(data, 'msgType') ?? ''];
	if (digits === undefined) return type;
	return `${PRIVATE_ONLY.includes(digits) ? '60' : type.slice(0, 2)}${digits}`;
}
