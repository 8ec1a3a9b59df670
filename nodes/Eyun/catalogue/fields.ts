import type { Choice, Field, Media } from './types';

/**
 * Builders for fields: one line in the catalogue for one parameter. Each takes the vendor's name,
 * the label and the description; `more` holds whatever is special about the field.
 */
type More = Omit<Partial<Field>, 'name' | 'label' | 'type'>;

function builder(type: Field['type'], preset: More = {}) {
	return (name: string, label: string, description = '', more: More = {}): Field => ({
		name,
		label,
		type,
		...preset,
		...(description === '' ? {} : { description }),
		...more,
	});
}

/** Text that is sent as it is. */
export const text = builder('string');
/** Text in a box of several lines. */
export const longText = builder('string', { rows: 4 });
/** An id of the vendor's or WeChat's, kept as text. */
export const id = builder('string', { format: 'id' });
/** An address the vendor downloads from. */
export const url = builder('string', {
	format: 'url',
	placeholder: 'e.g. https://example.com/page',
});
/** An address the vendor downloads a file from, or a file of the item that n8n serves to it. */
export function file(
	name: string,
	label: string,
	media: Media,
	description = '',
	more: More = {},
): Field {
	return url(name, label, description, {
		media,
		placeholder: 'e.g. https://example.com/file',
		...more,
	});
}

const KB = 1024;
const MB = 1024 * KB;

/** Kinds of files and their limits. */
export const anyImage: Media = { kind: 'image' };
export const anyVideo: Media = { kind: 'video' };
export const anyFile: Media = { kind: 'file' };
export const voice: Media = { kind: 'voice', types: ['audio/silk', 'audio/amr', 'audio/wav'] };
export const videoCover: Media = { kind: 'image', maxBytes: 50 * KB };
export const cardPicture: Media = {
	kind: 'image',
	maxBytes: 50 * KB,
	types: ['image/jpeg', 'image/png'],
};
export const momentImage: Media = { kind: 'image', maxBytes: 3 * MB, types: ['image/png'] };
export const momentVideo: Media = { kind: 'video', maxBytes: 20 * MB };
export const momentCover: Media = { kind: 'image', maxBytes: 2 * MB };

/** A whole number. */
export const int = builder('int');
/** A whole number above 0 that users have to give: without a default nobody sends one unseen. */
export const positive = builder('int', { min: 1 });
/** A yes or no; the description starts with "Whether". */
export const flag = builder('boolean', { default: false });
/** A 64-bit integer. */
export const int64 = builder('int64');
/** What the vendor wants where there is no value yet, for `more`. */
export const emptyFirst = { sendEmpty: true, default: '' } as const;
export const zeroFirst = { sendEmpty: true, default: '0' } as const;
/** Several ids in one text. */
export const ids = builder('list', { separator: ',' });

/** Several WeChat IDs as a JSON array. */
export const wcIds = builder('array', { placeholder: 'e.g. wxid_abc123, wxid_def456' });
/** Several texts as a JSON array. */
export const texts = builder('array');
/** What the vendor's last answer held to go on from; null at first. */
export const cursor = builder('cursor', { sendEmpty: true });
/** Nested members, given in `fields`. */
export const object = builder('object');

/** Numbers with their names, as choices. */
export function named(numbers: Record<string, number>): Choice[] {
	return Object.entries(numbers).map(([name, value]) => ({ name, value }));
}

/** A field whose allowed values are all known. */
export function choice(
	name: string,
	label: string,
	description: string,
	choices: readonly Choice[],
	more: More = {},
): Field {
	const type = typeof choices[0].value === 'number' ? 'int' : 'string';
	return { name, label, type, choices, ...(description === '' ? {} : { description }), ...more };
}

/** A switch that the vendor takes as one of two numbers; the user has to choose. */
export function onOff(name: string, label: string, on: number, off: number): Field {
	return choice(name, label, '', named({ On: on, Off: off }));
}

/** The same field, not required by the vendor. */
export function optional(field: Field): Field {
	return { ...field, optional: true };
}

/**
 * Which WeChat acts. Its instance ID changes at every login, its WeChat ID never: see transport/accounts.
 */
export const wId = id(
	'wId',
	'WeChat Account',
	'The account that acts. The list and the WeChat ID stay valid after a new login. An instance ID (wId) does not: take it from the trigger',
	{ picker: 'account', placeholder: 'e.g. {{ $json.wId }}' },
);

/** A login that is under way and may not belong to any account yet. */
export const loginId = id('wId', 'Instance ID', 'The wId from the first step of the login');

/** Where a message goes. */
export const chat = id(
	'wcId',
	'Chat',
	'The friend, group (…@chatroom) or WeCom contact (…@openim) that receives it',
	{ picker: 'chat', placeholder: 'e.g. {{ $json.chatId }}' },
);

/** A group, where nothing but a group makes sense. */
export const group: Field = {
	name: 'chatRoomId',
	label: 'Group',
	type: 'string',
	format: 'group',
	picker: 'group',
	description:
		'The list shows the groups saved to contacts. The trigger outputs the ID of any group (chatId of a group message)',
	placeholder: 'e.g. 12345678901@chatroom',
};

/** One contact. */
export const contact = id(
	'wcId',
	'Contact',
	'A friend. The trigger also outputs the WeChat ID (senderId)',
	{ picker: 'contact', placeholder: 'e.g. wxid_1a2b3c4d5e6f22' },
);

/** One member of the group that the operation is about. */
export const member = id('memberWcId', 'Member', 'Somebody in the group', {
	picker: 'member',
	placeholder: 'e.g. {{ $json.senderId }}',
});

/** Labels of the account: one from the list, or several by their ids. */
export function labels(description: string): Field {
	return ids('labelIdList', 'Labels', description, { picker: 'label', placeholder: 'e.g. 1,2' });
}

/** What a message callback carried as `content`. */
export function callbackXml(description: string): Field {
	return longText('content', 'Message XML', description, {
		placeholder: 'e.g. {{ $json.data.content }}',
	});
}

/** Ids of a message as a send answered them or the trigger delivered them. */
export const msgId = int64('msgId', 'Message ID (msgId)', 'The short id of the message', {
	placeholder: 'e.g. {{ $json.msgId }}',
});
export const newMsgId = int64(
	'newMsgId',
	'Message ID (newMsgId)',
	'The long id of the message, with all its digits',
	{
		placeholder: 'e.g. {{ $json.newMsgId }}',
	},
);

/** A SOCKS5 proxy of the user, three fields that go together (network type 3). */
export const proxyIp = id(
	'proxyIp',
	'Proxy Address',
	'Your own long-lived SOCKS5 proxy, as address:port',
	{
		placeholder: 'e.g. 203.0.113.7:1080',
	},
);
export const proxyUser = text('proxyUser', 'Proxy User', 'The user name for your own proxy');
export const proxyPassword = text(
	'proxyPassword',
	'Proxy Password',
	'The password for your own proxy',
	{
		secret: true,
	},
);
